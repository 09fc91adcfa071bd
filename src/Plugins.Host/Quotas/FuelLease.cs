using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace Plugins.Host.Quotas;

/// <summary>What a <see cref="FuelLimiter"/> answers: fuel is taken, and never given back.</summary>
internal sealed class FuelLease(bool isAcquired, TimeSpan retryAfter = default) : RateLimitLease
{
    private static readonly string[] Names = [MetadataName.RetryAfter.Name];

    internal static FuelLease Acquired { get; } = new(isAcquired: true);

    public override bool IsAcquired => isAcquired;

    public override IEnumerable<string> MetadataNames => isAcquired ? [] : Names;

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        var isThere = !isAcquired && metadataName == MetadataName.RetryAfter.Name;
        metadata = isThere ? retryAfter : null;
        return isThere;
    }
}
