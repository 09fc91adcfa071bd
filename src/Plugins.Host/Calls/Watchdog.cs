namespace Plugins.Host.Calls;

/// <summary>One thread that stops every call whose time is over, so that a call needs no timer of its own.</summary>
/// <remarks>Looks every few milliseconds while calls run, and sleeps when none has for a while.</remarks>
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
    private readonly ManualResetEventSlim _wake = new();
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
        var idleRounds = 0;
        while (true)
        {
            switch (Look())
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
                _wake.Wait(PeriodMilliseconds);
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
        if (Look() == Sight.Idle)
        {
            _wake.Wait();
        }

        Volatile.Write(ref _isAsleep, 0);
    }

    private Sight Look()
    {
        // Read outside the lock, which every new instance takes: the clock is the application's code.
        var now = _clock.Now;
        lock (_slots)
        {
            if (_isDisposed && _slots.Count == 0)
            {
                return Sight.Over;
            }

            var isRunning = false;
            foreach (var slot in _slots)
            {
                isRunning |= slot.StopIfDue(now, _grace);
            }

            return isRunning ? Sight.Running : Sight.Idle;
        }
    }

    private enum Sight
    {
        Idle,
        Running,
        Over,
    }
}
