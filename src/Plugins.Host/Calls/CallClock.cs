namespace Plugins.Host.Calls;

/// <summary>Measures the running call's time, and what of it passes outside the guest.</summary>
/// <remarks>For the thread of the call.</remarks>
internal sealed class CallClock(HostClock clock)
{
    // Reading the clock twice takes longer than a call of a host function does otherwise. So where there are many, some
    // stand for all.
    private const int MeasuredCalls = 100;
    private const int SampledCalls = 16;

    private TimeSpan _limit;
    private long _leftAt;
    private long _host;
    private long _waited;
    private long _waitedSince;
    private int _calls;
    private int _weight;

    /// <summary>When the call began, on the host's clock.</summary>
    internal long Started { get; private set; }

    /// <summary>Time the call has taken so far.</summary>
    internal TimeSpan Elapsed => clock.Between(Started, clock.Now);

    /// <summary>Time that is left; not positive once the call is over time.</summary>
    internal TimeSpan Remaining => _limit - Elapsed;

    /// <summary>Starts a call.</summary>
    /// <param name="started">When it began, on the host's clock.</param>
    /// <param name="limit">The time it may take.</param>
    internal void Begin(long started, TimeSpan limit)
    {
        (Started, _limit) = (started, limit);
        (_host, _waited, _calls) = (0, 0, 0);
    }

    /// <summary>Time in which code of the application ran on the call's thread.</summary>
    internal TimeSpan HostTime => clock.ToTimeSpan(_host);

    /// <summary>Time in which the call's thread waited for the application.</summary>
    internal TimeSpan WaitingTime => clock.ToTimeSpan(_waited);

    /// <summary>Code of the application is about to run.</summary>
    internal void Leave()
    {
        _weight = ++_calls <= MeasuredCalls ? 1 : _calls % SampledCalls == 0 ? SampledCalls : 0;
        if (_weight > 0)
        {
            _waitedSince = 0;
            _leftAt = clock.Now;
        }
    }

    /// <summary>It has returned.</summary>
    internal void Return()
    {
        if (_weight > 0)
        {
            _host += _weight * Math.Max(clock.Now - _leftAt - _waitedSince, 0);
        }
    }

    /// <summary>Within such code, the thread begins to wait.</summary>
    /// <returns>For <see cref="EndWait"/>.</returns>
    internal long BeginWait() => clock.Now;

    internal void EndWait(long began)
    {
        var time = Math.Max(clock.Now - began, 0);
        _waited += time;
        _waitedSince += time;
    }
}
