namespace Plugins.Host;

/// <summary>The decoded output of a successful call, and its cost.</summary>
/// <param name="Value">The decoded output.</param>
/// <param name="FuelConsumed">Units of fuel, or 0 where the host does not meter.</param>
/// <param name="Duration">Wall-clock time in the guest, capabilities included.</param>
/// <param name="LogEntriesDropped">Log entries beyond the plugin's limits.</param>
/// <typeparam name="T">The type that the application asked for.</typeparam>
/// <remarks>Immutable as far as <typeparamref name="T"/> is.</remarks>
public readonly record struct PluginResult<T>(T Value, long FuelConsumed, TimeSpan Duration, long LogEntriesDropped)
{
    /// <summary>Time spent after the call to restore the state after initialisation.</summary>
    /// <value>Zero for sessions, and where the instance was dropped instead.</value>
    /// <remarks>
    /// Not part of <see cref="Duration"/> or of any limit: bounded by the snapshot's size and what the call touched.
    /// </remarks>
    public TimeSpan ResetTime { get; init; }
}
