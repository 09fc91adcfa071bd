using System.Threading.RateLimiting;
using Plugins.Host.Errors;

namespace Plugins.Host.Quotas;

/// <summary>One of the limiters that a call passes: what it asks of it, and what a refusal means.</summary>
/// <param name="Limiter">Has a limiter for each plugin, or each tenant.</param>
/// <param name="IsOwned">Whether the host made it, and disposes it.</param>
/// <param name="Owner">Whose quota it is.</param>
/// <param name="Permits">1 for a place that is kept until the call ends; 0 to ask whether there is fuel.</param>
/// <param name="QuotaOf">The quota for a call; null for a limiter of the application's.</param>
internal sealed record QuotaStage(
    PartitionedRateLimiter<QuotaKey> Limiter,
    bool IsOwned,
    QuotaOwner Owner,
    int Permits,
    Func<QuotaKey, CallQuota?>? QuotaOf)
{
    internal bool IsOfFuel => Permits == 0;

    /// <summary>Takes fuel that was used, or as much of it as a limiter without debts has.</summary>
    internal void Charge(in QuotaKey key, long fuel)
    {
        for (; fuel > 0; fuel -= int.MaxValue)
        {
            var permits = (int)Math.Min(fuel, int.MaxValue);
            using var lease = Limiter.AttemptAcquire(key, permits);
            if (!lease.IsAcquired)
            {
                var left = Limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0;
                Limiter.AttemptAcquire(key, (int)Math.Clamp(left, 0, permits)).Dispose();
                return;
            }
        }
    }

    /// <summary>What a call is told that is refused.</summary>
    /// <param name="key">The call.</param>
    /// <param name="site">The call, for the message.</param>
    /// <param name="refusal">The limiter's answer, which may say when to try again.</param>
    /// <param name="isQueueFull">Whether as many calls wait as may; otherwise, the patience has ended.</param>
    internal PluginQuotaException Refuse(
        in QuotaKey key, in FailureSite site, RateLimitLease refusal, bool isQueueFull)
    {
        TimeSpan? retryAfter = refusal.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : null;
        var quota = QuotaOf?.Invoke(key);
        var (code, allowed) = this switch
        {
            { IsOfFuel: true } => (PluginErrorCode.FuelRateLimit, quota?.Fuel),
            _ when quota is null => (PluginErrorCode.CallRateLimit, null),
            _ when isQueueFull && quota.QueueLimit > 0 => (PluginErrorCode.QueueLimit, quota.QueueLimit),
            _ => (PluginErrorCode.ConcurrencyLimit, (long?)quota.ConcurrentCalls),
        };
        return new PluginQuotaException(code, site, Owner, key.Call.Tenant, allowed, retryAfter);
    }
}
