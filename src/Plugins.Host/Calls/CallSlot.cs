using Plugins.Host.Engines;

namespace Plugins.Host.Calls;

/// <summary>Where one instance shows the watchdog that it is running, and until when it may.</summary>
/// <remarks>
/// One word carries the state: 0 is free, a positive number is the timestamp at which the running call is over time,
/// and the negative ones tell that somebody stops it, has stopped it, or that its guest is done while the host still
/// clears up. Only who swaps a deadline for <see cref="Stopping"/> may touch the engine, and the call waits for that to
/// be over, so that an interrupt never hits the next call. A stop for time can be withdrawn by the guest's own thread,
/// which alone knows how much of the time went into compiling.
/// </remarks>
internal sealed class CallSlot
{
    private const long Free = 0;
    private const long Stopping = -1;
    private const long Stopped = -2;
    private const long Held = -3;

    private readonly IEngineInstance _engine;
    private readonly Watchdog _watchdog;
    private readonly CallClock _clock;
    private long _state;
    private InterruptReason _reason;
    private InterruptReason _demand;
    private CancellationTokenSource? _cancellation;

    internal CallSlot(IEngineInstance engine, Watchdog watchdog, CallClock clock)
    {
        _engine = engine;
        _watchdog = watchdog;
        _clock = clock;
        engine.InterruptFilter = IsStopFinal;
    }

    /// <summary>The slot's place in the watchdog's list, which the watchdog alone uses.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The timestamp at which the call is over time; 0 when none is running.</summary>
    internal long Deadline { get; private set; }

    /// <summary>Why the running call was stopped, if it was.</summary>
    internal InterruptReason Reason => Volatile.Read(ref _state) < Free ? _reason : InterruptReason.None;

    private bool MayWithdraw => _reason == InterruptReason.Time && _clock.Remaining > TimeSpan.Zero;

    /// <summary>Cancelled when the call is stopped; made when it is first asked for.</summary>
    internal CancellationToken Token
    {
        get
        {
            if (_cancellation is null)
            {
                // The exchange is a full fence: either this thread sees the stop, or the stopping one sees the source.
                Interlocked.Exchange(ref _cancellation, new CancellationTokenSource());
                if (Reason != InterruptReason.None)
                {
                    _cancellation.Cancel();
                }
            }

            return _cancellation.Token;
        }
    }

    /// <summary>Claims the instance for a call, or returns false when it is in the middle of one.</summary>
    internal bool TryEnter(long deadline)
    {
        if (Interlocked.CompareExchange(ref _state, deadline, Free) != Free)
        {
            return false;
        }

        Deadline = deadline;
        _watchdog.WakeIfAsleep();
        return true;
    }

    /// <summary>Claims the instance without running it, or returns false when it is in the middle of a call.</summary>
    internal bool TryHold() => Interlocked.CompareExchange(ref _state, Held, Free) == Free;

    /// <summary>The guest is done: ends the watch, and tells whether and why the call was stopped.</summary>
    /// <param name="isComplete">Whether the guest came to its own end.</param>
    internal InterruptReason Settle(bool isComplete)
    {
        var reason = InterruptReason.None;
        if (Interlocked.CompareExchange(ref _state, Held, Deadline) != Deadline)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref _state) == Stopped);
            reason = isComplete && MayWithdraw ? _demand : _reason;
            _reason = InterruptReason.None;
            _engine.ClearInterrupt();
            Volatile.Write(ref _state, Held);
        }

        _cancellation = null;
        _demand = InterruptReason.None;
        return reason;
    }

    /// <summary>Gives the instance free for the next call.</summary>
    internal void Leave() => Volatile.Write(ref _state, Free);

    /// <summary>From any thread: stops the running call if its deadline has passed.</summary>
    /// <returns>Whether a call is running, stopped or not.</returns>
    internal bool StopIfDue(long now)
    {
        var state = Volatile.Read(ref _state);
        if (state > Free && now >= state && _clock.IsOver(now - state))
        {
            Stop(state, InterruptReason.Time);
        }

        return state != Free;
    }

    /// <summary>From any thread: stops the running call, if there is one.</summary>
    internal void Stop(InterruptReason reason)
    {
        // A full fence: either this thread sees the deadline that a withdrawal puts back, or that one sees the demand.
        Interlocked.Exchange(ref _demand, reason);
        var state = Volatile.Read(ref _state);
        while (state > Free && !Stop(state, reason))
        {
            state = Volatile.Read(ref _state);
        }
    }

    /// <summary>On the guest's thread: whether it has to end, or its time was the compiler's.</summary>
    private bool IsStopFinal()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _state) != Stopping);
        if (Volatile.Read(ref _state) != Stopped || !MayWithdraw)
        {
            return true;
        }

        Volatile.Write(ref _state, Stopping);
        _engine.ClearInterrupt();
        _reason = InterruptReason.None;
        _cancellation = null;
        Interlocked.Exchange(ref _state, Deadline);
        return _demand != InterruptReason.None && Stop(Deadline, _demand);
    }

    private bool Stop(long deadline, InterruptReason reason)
    {
        if (Interlocked.CompareExchange(ref _state, Stopping, deadline) != deadline)
        {
            return false;
        }

        _reason = reason;
        _engine.Interrupt();

        // Callbacks are the application's code and must not hold up the thread that watches all calls.
        _ = Volatile.Read(ref _cancellation)?.CancelAsync();
        Interlocked.Exchange(ref _state, Stopped);
        return true;
    }
}
