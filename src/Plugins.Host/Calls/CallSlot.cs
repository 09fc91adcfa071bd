using Plugins.Host.Engines;

namespace Plugins.Host.Calls;

/// <summary>Shows the watchdog that an instance is running, and its deadline.</summary>
/// <remarks>
/// One word carries the state: 0 is free, a positive number is the timestamp at which the running call is over time,
/// and the negative ones tell that somebody stops it, has stopped it, that its guest is done while the host still
/// clears up, or that it is packed, for which whoever wants it waits. Only who swaps a deadline for
/// <see cref="Stopping"/> may touch the engine, and the call waits for that to be over, so that an interrupt never hits
/// the next call.
/// </remarks>
internal sealed partial class CallSlot
{
    private const long Free = 0;
    private const long Stopping = -1;
    private const long Stopped = -2;
    private const long Held = -3;
    private const long Packing = -4;

    private readonly IEngineInstance _engine;
    private readonly Watchdog _watchdog;
    private long _state;
    private InterruptReason _reason;
    private PendingCall? _caller;

    internal CallSlot(IEngineInstance engine, Watchdog watchdog)
    {
        _engine = engine;
        _watchdog = watchdog;
    }

    /// <summary>The instance whose it is; null in tests of the slot alone.</summary>
    internal GuestInstance? Instance { get; init; }

    /// <summary>The slot's place in the watchdog's list, which the watchdog alone uses.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The timestamp at which the call is over time; 0 when none is running.</summary>
    internal long Deadline { get; private set; }

    /// <summary>The waiter for the running call that has no thread of its own.</summary>
    internal PendingCall? Caller
    {
        get => Volatile.Read(ref _caller);
        set => Volatile.Write(ref _caller, value);
    }

    /// <summary>True if the running call was stopped, and has not noticed yet.</summary>
    internal bool IsStopped => Volatile.Read(ref _state) is Stopping or Stopped;

    /// <summary>Claims the instance for a call, or returns false when it is in the middle of one.</summary>
    internal bool TryEnter(long deadline)
    {
        if (!TrySwap(deadline))
        {
            return false;
        }

        Deadline = deadline;
        _watchdog.WakeIfAsleep();
        return true;
    }

    /// <summary>Claims the instance without running it, or returns false when it is in the middle of a call.</summary>
    internal bool TryHold() => TrySwap(Held);

    /// <summary>Claims the instance while it is idle, for a moment.</summary>
    internal bool TryBeginPacking() => Interlocked.CompareExchange(ref _state, Packing, Free) == Free;

    internal void EndPacking() => Volatile.Write(ref _state, Free);

    /// <summary>The guest is done: ends the watch, and tells whether and why the call was stopped.</summary>
    internal InterruptReason Settle()
    {
        if (Interlocked.CompareExchange(ref _state, Held, Deadline) == Deadline)
        {
            return InterruptReason.None;
        }

        WaitWhileStopping();
        var reason = _reason;
        _reason = InterruptReason.None;
        _engine.ClearInterrupt();
        Volatile.Write(ref _state, Held);
        return reason;
    }

    /// <summary>Gives the instance free for the next call.</summary>
    internal void Leave()
    {
        if (Volatile.Read(ref _state) != Held)
        {
            Settle();
        }

        var cancellation = _cancellation;
        ForgetSignals();
        Caller = null;
        Volatile.Write(ref _state, Free);
        if (cancellation is not null)
        {
            Cancel(cancellation);
        }
    }

    /// <summary>
    /// For the watchdog: stops the running call if its deadline has passed, and lets its caller go if it has been for
    /// longer than <paramref name="grace"/> and the call's thread does not come back.
    /// </summary>
    /// <param name="now">The host's clock.</param>
    /// <param name="grace">In its unit.</param>
    /// <param name="due">Lowered to the running call's deadline.</param>
    /// <returns>True if a call is running, stopped or not.</returns>
    internal bool StopIfDue(long now, long grace, ref long due)
    {
        var state = Volatile.Read(ref _state);
        if (state > Free && now >= state)
        {
            Stop(state, InterruptReason.Time);
        }
        else if (state > Free)
        {
            due = Math.Min(due, state);
        }
        else if (state < Free && Caller is { } caller && IsStuck(caller, state, now, grace))
        {
            LetGo(caller);
        }

        return state != Free;
    }

    /// <summary>From any thread: stops the running call, if there is one.</summary>
    internal void Stop(InterruptReason reason)
    {
        var state = Volatile.Read(ref _state);
        while (state > Free && !Stop(state, reason))
        {
            state = Volatile.Read(ref _state);
        }
    }

    private bool TrySwap(long state)
    {
        var before = Interlocked.CompareExchange(ref _state, state, Free);
        return before == Free || (before == Packing && TrySwapLater(state));
    }

    private bool TrySwapLater(long state)
    {
        var spinner = default(SpinWait);
        long before;
        do
        {
            spinner.SpinOnce(sleep1Threshold: -1);
            before = Interlocked.CompareExchange(ref _state, state, Free);
        }
        while (before == Packing);
        return before == Free;
    }

    // Without sleep, from which another thread could wake this one with an exception.
    private void WaitWhileStopping()
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _state) == Stopping)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    private bool IsStuck(PendingCall caller, long state, long now, long grace)
    {
        if (state == Held)
        {
            return now - Deadline >= grace;
        }

        if (caller.StoppedAt == 0)
        {
            caller.StoppedAt = now;
        }

        return now - caller.StoppedAt >= grace;
    }

    private void LetGo(PendingCall caller)
    {
        if (caller.TryBeginLettingGo())
        {
            caller.EndLettingGo(IsStopped ? _reason : InterruptReason.Time);
        }
    }

    private bool Stop(long deadline, InterruptReason reason)
    {
        if (Interlocked.CompareExchange(ref _state, Stopping, deadline) != deadline)
        {
            return false;
        }

        _reason = reason;
        try
        {
            _engine.Interrupt();
        }
        catch
        {
            // The call goes on then; the thread that watches all others must.
        }

        Signal();
        Interlocked.Exchange(ref _state, Stopped);
        return true;
    }
}
