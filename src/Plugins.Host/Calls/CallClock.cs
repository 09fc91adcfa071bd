namespace Plugins.Host.Calls;

/// <summary>Measures the running call's time.</summary>
/// <remarks>For the thread of the call.</remarks>
internal sealed class CallClock(HostClock clock)
{
    private TimeSpan _limit;

    /// <summary>When the call began, on the host's clock.</summary>
    internal long Started { get; private set; }

    /// <summary>Time the call has taken so far.</summary>
    internal TimeSpan Elapsed => clock.Between(Started, clock.Now);

    /// <summary>Time that is left; not positive once the call is over time.</summary>
    internal TimeSpan Remaining => _limit - Elapsed;

    /// <summary>Starts a call.</summary>
    /// <param name="started">When it began, on the host's clock.</param>
    /// <param name="limit">The time it may take.</param>
    internal void Begin(long started, TimeSpan limit) => (Started, _limit) = (started, limit);
}
