namespace Plugins.Host.Calls.Threads;

/// <summary>Threads for calls that may wait for the application: a bounded number, kept for reuse.</summary>
/// <remarks>
/// Compiled guest code keeps its stack while it waits, and with it a thread. Those of the pool are everybody's, and it
/// adds new ones slowly, so that waiting calls have threads of their own. A call waits for the calls that are made
/// within it, and those wait for a thread: so that they never wait for one another, each depth has its own number.
/// </remarks>
internal sealed class GuestThreads : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<GuestThread> _idle = [];
    private readonly Queue<PendingCall> _queue = [];
    private readonly SemaphoreSlim[] _permits;
    private readonly CancellationTokenSource _disposal = new();
    private readonly int _maximum;
    private readonly int _maximumOfAll;
    private readonly int _queueLimit;
    private int _count;
    private int _waiting;
    private bool _isDisposed;

    /// <summary>Starts a thread; tests have it fail.</summary>
    internal Action<Thread> Starting { get; set; } = static thread => thread.UnsafeStart();

    /// <param name="maximum">Threads for calls of the same depth.</param>
    /// <param name="queueLimit">Calls that may wait for one.</param>
    /// <param name="depths">Depths that there are: calls, calls within calls, and so on.</param>
    internal GuestThreads(int maximum, int queueLimit, int depths)
    {
        _maximum = maximum;
        _maximumOfAll = maximum * depths;
        _queueLimit = queueLimit;
        _permits = [.. Enumerable.Range(0, depths).Select(_ => new SemaphoreSlim(maximum))];
    }

    /// <summary>Threads for calls of the same depth.</summary>
    internal int Maximum => _maximum;

    /// <summary>Threads that there are, busy or idle.</summary>
    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Waits for the right to run a call of a depth on one of the threads.</summary>
    /// <returns>False where too many wait already, or none was free for as long as the caller is patient.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The host was disposed.</exception>
    internal ValueTask<bool> EnterAsync(int depth, TimeSpan patience, CancellationToken cancellation) =>
        _permits[depth].Wait(0, CancellationToken.None)
            ? new(true)
            : new(WaitAsync(_permits[depth], patience, cancellation));

    /// <summary>Gives back what <see cref="EnterAsync"/> gave.</summary>
    internal void Leave(int depth) => _permits[depth].Release();

    /// <summary>With the right to do so: runs a call on one of the threads.</summary>
    internal void Start(PendingCall call)
    {
        GuestThread? thread = null;
        lock (_gate)
        {
            if (_idle.Count > 0)
            {
                // The last one: its stack is in the caches, and the first ones may end.
                thread = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
            }
            else if (_count == _maximumOfAll)
            {
                // One that has given its right back looks here before it rests.
                _queue.Enqueue(call);
                return;
            }
            else
            {
                _count++;
            }
        }

        if (thread is not null)
        {
            thread.Resume(call);
        }
        else
        {
            StartThread(call);
        }
    }

    /// <summary>For a thread that has nothing to do: its next call, or null where it is to rest or to end.</summary>
    internal PendingCall? Next(GuestThread thread, out bool isOver)
    {
        lock (_gate)
        {
            isOver = _isDisposed && _queue.Count == 0;
            if (_queue.TryDequeue(out var call))
            {
                return call;
            }

            if (isOver)
            {
                _count--;
            }
            else
            {
                _idle.Add(thread);
            }

            return null;
        }
    }

    /// <summary>For a thread that has rested for long: false where it has just been given a call.</summary>
    internal bool TryEnd(GuestThread thread)
    {
        lock (_gate)
        {
            if (!_idle.Remove(thread))
            {
                return false;
            }

            _count--;
            return true;
        }
    }

    /// <summary>Ends waiting and resting; threads that are in a call end after it.</summary>
    public void Dispose()
    {
        GuestThread[] idle;
        lock (_gate)
        {
            _isDisposed = true;
            idle = [.. _idle];
            _count -= idle.Length;
            _idle.Clear();
        }

        foreach (var thread in idle)
        {
            thread.Resume(call: null);
        }

        _disposal.Cancel();
    }

    private async Task<bool> WaitAsync(SemaphoreSlim permits, TimeSpan patience, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _queueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposal.Token);
            return await permits.WaitAsync(patience, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw cancellation.IsCancellationRequested
                ? new OperationCanceledException(cancellation)
                : new ObjectDisposedException(nameof(PluginHost));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void StartThread(PendingCall call)
    {
        try
        {
            new GuestThread(this).Start(call);
        }
        catch
        {
            lock (_gate)
            {
                _count--;
            }

            throw;
        }
    }
}
