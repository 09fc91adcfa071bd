using Plugins.Host.Calls.Threads;

namespace Plugins.Host.Calls;

/// <summary>One thread that stops every call whose time is over, so that a call needs no timer of its own.</summary>
/// <remarks>
/// Looks every few milliseconds while calls run, sooner where the time of one is over by then, and sleeps when none has
/// run for a while.
/// </remarks>
internal sealed class Watchdog : IDisposable
{
    private const int PeriodMilliseconds = 5;
    private const int DefaultIdleRounds = 200;

    // What a host function that heeds its token needs to return.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    private readonly HostClock _clock;
    private readonly int _idleRoundsBeforeSleep;
    private readonly long _grace;
    private readonly List<CallSlot> _slots = [];

    // Spinning would take the processor from the guests, and yielding it gives the rest of this thread's slice away.
    private readonly ManualResetEventSlim _wake = new(initialState: false, spinCount: 0);
    private Thread? _thread;
    private volatile bool _isDisposed;
    private int _isAsleep;

    internal Watchdog(HostClock clock, int idleRoundsBeforeSleep = DefaultIdleRounds)
    {
        _clock = clock;
        _grace = clock.ToTimestamps(Grace);
        _idleRoundsBeforeSleep = idleRoundsBeforeSleep;
    }

    /// <summary>True if the host is gone, so that no call may start.</summary>
    internal bool IsDisposed => _isDisposed;

    /// <summary>True if it waits for a call to begin.</summary>
    internal bool IsAsleep => Volatile.Read(ref _isAsleep) != 0;

    internal void Add(CallSlot slot)
    {
        lock (_slots)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(PluginHost));
            if (_thread is null)
            {
                // Where no thread can be started, no call runs: nothing would end it.
                var thread = new Thread(Watch) { IsBackground = true, Name = "Plugins watchdog" };
                thread.Start();
                _thread = thread;
            }

            slot.Index = _slots.Count;
            _slots.Add(slot);
        }
    }

    internal void Remove(CallSlot slot)
    {
        lock (_slots)
        {
            if (slot.Index < 0)
            {
                return;
            }

            var last = _slots[^1];
            _slots[slot.Index] = last;
            last.Index = slot.Index;
            _slots.RemoveAt(_slots.Count - 1);
            slot.Index = -1;
            WakeIfDisposed();
        }
    }

    /// <summary>All live instances, of sessions and pools.</summary>
    internal GuestInstance[] CopyInstances()
    {
        lock (_slots)
        {
            return [.. _slots.Select(slot => slot.Instance).OfType<GuestInstance>()];
        }
    }

    /// <summary>Called after a slot was set to running, with a full fence between the two.</summary>
    internal void WakeIfAsleep()
    {
        if (IsAsleep)
        {
            _wake.Set();
        }
    }

    /// <summary>Stops all running calls, keeps watching until the last instance is gone, and then ends.</summary>
    public void Dispose()
    {
        lock (_slots)
        {
            _isDisposed = true;
            foreach (var slot in _slots)
            {
                slot.Stop(InterruptReason.Disposal);
            }

            WakeIfDisposed();
        }
    }

    private void WakeIfDisposed()
    {
        if (_isDisposed)
        {
            _wake.Set();
        }
    }

    private void Watch()
    {
        PromptThread.Begin();
        var idleRounds = 0;
        while (true)
        {
            switch (Look(out var pause))
            {
                case Sight.Over:
                    return;
                case Sight.Running:
                    idleRounds = 0;
                    break;
                default:
                    idleRounds++;
                    break;
            }

            if (idleRounds > _idleRoundsBeforeSleep)
            {
                Sleep();
                idleRounds = 0;
            }
            else
            {
                _wake.Wait(pause);
                _wake.Reset();
            }
        }
    }

    /// <summary>Waits until a call starts.</summary>
    private void Sleep()
    {
        _wake.Reset();

        // The exchange is a full fence, as is the one in CallSlot.TryEnter: either the call sees that this thread
        // sleeps, or this thread sees the call below.
        Interlocked.Exchange(ref _isAsleep, 1);
        if (Look(out _) == Sight.Idle)
        {
            _wake.Wait();
        }

        Volatile.Write(ref _isAsleep, 0);
    }

    /// <summary>Stops what is due.</summary>
    /// <param name="pause">Milliseconds until the next look.</param>
    private Sight Look(out int pause)
    {
        // Read outside the lock, which every new instance takes: the clock is the application's code.
        var now = _clock.Now;
        var due = long.MaxValue;
        pause = PeriodMilliseconds;
        lock (_slots)
        {
            if (_isDisposed && _slots.Count == 0)
            {
                return Sight.Over;
            }

            var isRunning = false;
            foreach (var slot in _slots)
            {
                isRunning |= slot.StopIfDue(now, _grace, ref due);
            }

            pause = Math.Min(pause, MillisecondsUntil(due - now));
            return isRunning ? Sight.Running : Sight.Idle;
        }
    }

    // Up, so that what is due is due then.
    private int MillisecondsUntil(long timestamps) =>
        (int)Math.Clamp(Math.Ceiling(_clock.ToTimeSpan(timestamps).TotalMilliseconds), 1, PeriodMilliseconds);

    private enum Sight
    {
        Idle,
        Running,
        Over,
    }
}
