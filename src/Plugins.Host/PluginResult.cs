namespace Plugins.Host;

/// <summary>The output of a successful call, and its cost.</summary>
/// <param name="Output">The guest's output; empty if the caller passed a writer or stream for it.</param>
/// <param name="FuelConsumed">Units of fuel, or 0 where the host does not meter.</param>
/// <param name="Duration">Wall-clock time in the guest, capabilities included.</param>
/// <param name="LogEntriesDropped">Log entries beyond the plugin's limits.</param>
/// <remarks>Immutable. The output is a copy that belongs to the caller.</remarks>
public readonly record struct PluginResult(
    ReadOnlyMemory<byte> Output, long FuelConsumed, TimeSpan Duration, long LogEntriesDropped)
{
    /// <summary>Time spent after the call to restore the state after initialisation.</summary>
    /// <value>Zero for sessions, and where the instance was dropped instead.</value>
    /// <remarks>
    /// Not part of <see cref="Duration"/> or of any limit: bounded by the snapshot's size and what the call touched.
    /// </remarks>
    public TimeSpan ResetTime { get; init; }

    internal PluginResult<T> With<T>(T value) => new(value, FuelConsumed, Duration, LogEntriesDropped)
    {
        ResetTime = ResetTime,
    };
}
