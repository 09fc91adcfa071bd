using System.Threading.RateLimiting;

namespace Plugins.Host.Quotas;

/// <summary>A limiter of the application's, which knows nothing of the host's own keys.</summary>
internal sealed class KeyedLimiter(PartitionedRateLimiter<PluginCallKey> inner) : PartitionedRateLimiter<QuotaKey>
{
    public override RateLimiterStatistics? GetStatistics(QuotaKey resource) => inner.GetStatistics(resource.Call);

    protected override RateLimitLease AttemptAcquireCore(QuotaKey resource, int permitCount) =>
        inner.AttemptAcquire(resource.Call, permitCount);

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(
        QuotaKey resource, int permitCount, CancellationToken cancellationToken) =>
        inner.AcquireAsync(resource.Call, permitCount, cancellationToken);
}
