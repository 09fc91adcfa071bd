namespace Plugins.Host.Calls.Threads;

/// <summary>One of the <see cref="GuestThreads"/>: runs call after call, and ends when it had none for long.</summary>
internal sealed class GuestThread
{
    // Room for the largest stack that a plugin may have, the host's frames, and a few calls within calls. Only what is
    // used takes memory.
    private const int StackBytes = 4 << 20;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);

    private readonly GuestThreads _threads;
    private readonly object _gate = new();
    private PendingCall? _call;
    private bool _isResumed;

    internal GuestThread(GuestThreads threads) => _threads = threads;

    internal void Start(PendingCall call)
    {
        _call = call;
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "Plugins guest" };

        // The context of whoever happens to need another thread is not that of the calls it will run.
        _threads.Starting(thread);
    }

    /// <summary>From another thread: gives a call to one that rests, or null to end it.</summary>
    internal void Resume(PendingCall? call)
    {
        lock (_gate)
        {
            _call = call;
            _isResumed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        for (var call = _call; call is not null; call = Next())
        {
            call.RunInContext();
        }
    }

    private PendingCall? Next()
    {
        _call = null;
        if (_threads.Next(this, out var isOver) is { } call)
        {
            return call;
        }

        return isOver ? null : WaitForCall();
    }

    private PendingCall? WaitForCall()
    {
        lock (_gate)
        {
            while (!_isResumed)
            {
                if (!Monitor.Wait(_gate, Rest) && _threads.TryEnd(this))
                {
                    return null;
                }
            }

            _isResumed = false;
            return _call;
        }
    }
}
