namespace Plugins.Host.Quotas;

/// <summary>What all calls of one plugin, or on behalf of one tenant, may take together.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. The limits of each call hold besides. See docs/limits.md.
/// </remarks>
public sealed record CallQuota
{
    internal const int MostCalls = 10_000_000;
    internal const long MostFuel = long.MaxValue / 4;

    internal static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

    /// <summary>Makes a quota without limits.</summary>
    public CallQuota()
    {
    }

    /// <summary>Calls that may run at a time.</summary>
    /// <value>Null: any number.</value>
    /// <remarks>Calls within calls are counted apart, at each depth, so that none waits for the one it is in.</remarks>
    public int? ConcurrentCalls { get; init; }

    /// <summary>Calls that may wait at a time, be it for a place or for fuel; further ones are refused.</summary>
    /// <value>100.</value>
    public int QueueLimit { get; init; } = 100;

    /// <summary>How long a call waits for its place, or for fuel, before it is refused.</summary>
    /// <value>Null: as long as the call itself may take, which is the most in any case.</value>
    public TimeSpan? MaximumWait { get; init; }

    /// <summary>Fuel that calls may use up in each <see cref="FuelInterval"/>; it comes back steadily.</summary>
    /// <value>Null: any amount.</value>
    /// <remarks>
    /// A call is admitted as long as any is left. What it uses is taken off when its guest has stopped, failed or not,
    /// so that calls of the same time may overdraw it; later ones wait until that is made good.
    /// </remarks>
    public long? Fuel { get; init; }

    /// <summary>The time in which <see cref="Fuel"/> comes back.</summary>
    /// <value>A second.</value>
    public TimeSpan FuelInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Everything that is wrong; each text begins with a prefix and the property's name.</summary>
    internal IEnumerable<string> FindFaults(string prefix, bool metersFuel)
    {
        if (ConcurrentCalls is < 1 or > MostCalls)
        {
            yield return $"{prefix}{nameof(ConcurrentCalls)} is out of range: it must be from 1 to {MostCalls}.";
        }

        if (QueueLimit is < 0 or > MostCalls)
        {
            yield return $"{prefix}{nameof(QueueLimit)} is out of range: it must be from 0 to {MostCalls}.";
        }

        if (MaximumWait is { } wait && (wait < TimeSpan.Zero || wait > LongestTime))
        {
            yield return $"{prefix}{nameof(MaximumWait)} is out of range: it must be from 0 to a day.";
        }

        if (Fuel is < 1 or > MostFuel)
        {
            yield return $"{prefix}{nameof(Fuel)} is out of range: it must be from 1 to {MostFuel}.";
        }

        if (Fuel is not null && !metersFuel)
        {
            yield return $"{prefix}{nameof(Fuel)} is set, but the host does not meter it (MeterFuel).";
        }

        if (FuelInterval <= TimeSpan.Zero || FuelInterval > LongestTime)
        {
            yield return $"{prefix}{nameof(FuelInterval)} is out of range: it must be above 0 and up to a day.";
        }
    }
}
