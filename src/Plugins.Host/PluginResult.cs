namespace Plugins.Host;

/// <summary>The output of a successful call, and its cost.</summary>
/// <param name="Output">The guest's output; empty if the caller passed a writer or stream for it.</param>
/// <param name="FuelConsumed">Units of fuel, or 0 where the host does not meter.</param>
/// <param name="Duration">Wall-clock time: waiting for a place, and the guest's time, capabilities included.</param>
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

    /// <summary>The part of <see cref="Duration"/> in which the application's code ran on the call's thread.</summary>
    /// <remarks>
    /// Host functions, stores, loggers, clocks and random sources. Each of the first 100 times in a call is measured,
    /// and one of 16 from there on, which stands for the others.
    /// </remarks>
    public TimeSpan HostTime { get; init; }

    /// <summary>The part of <see cref="Duration"/> in which the call waited.</summary>
    /// <remarks>
    /// <see cref="QueueTime"/>, and then for the application: for tasks of host functions and stores that were pending,
    /// and for streams.
    /// </remarks>
    public TimeSpan WaitingTime { get; init; }

    /// <summary>The part of <see cref="WaitingTime"/> before the call began, which no time limit counts.</summary>
    /// <remarks>For places in quotas, for fuel, for an instance, and for a guest thread.</remarks>
    public TimeSpan QueueTime { get; init; }

    /// <summary>The part of <see cref="Duration"/> in which the guest ran; the rest.</summary>
    public TimeSpan GuestTime =>
        TimeSpan.FromTicks(Math.Max((Duration - HostTime - WaitingTime).Ticks, 0));

    /// <summary>True if no guest ran: the application's own answer stands in for a plugin that keeps failing.</summary>
    /// <remarks>See <see cref="Catalog.Circuits.PluginCircuitBreaker.DefaultAnswer"/>.</remarks>
    public bool IsDefaultAnswer { get; init; }

    /// <summary>The call's id in the log: <see cref="PluginCallOptions.CallId"/>, or one that was made up.</summary>
    /// <value>Null where the application gave none, and nothing needed one.</value>
    public string? CallId { get; init; }

    /// <summary>The same after waiting.</summary>
    internal PluginResult After(TimeSpan waited) => waited <= TimeSpan.Zero ? this : this with
    {
        Duration = Duration + waited,
        WaitingTime = WaitingTime + waited,
        QueueTime = QueueTime + waited,
    };

    internal PluginResult<T> With<T>(T value) => new(value, FuelConsumed, Duration, LogEntriesDropped)
    {
        ResetTime = ResetTime,
        HostTime = HostTime,
        WaitingTime = WaitingTime,
        QueueTime = QueueTime,
        IsDefaultAnswer = IsDefaultAnswer,
        CallId = CallId,
    };
}
