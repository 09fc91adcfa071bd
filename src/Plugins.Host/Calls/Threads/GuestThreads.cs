namespace Plugins.Host.Calls.Threads;

/// <summary>Threads for calls that may wait for the application: a bounded number, kept for reuse.</summary>
/// <remarks>
/// Compiled guest code keeps its stack while it waits, and with it a thread. Those of the pool are everybody's, and it
/// adds new ones slowly, so that waiting calls have threads of their own.
/// </remarks>
internal sealed class GuestThreads : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<GuestThread> _idle = [];
    private readonly Queue<PendingCall> _queue = [];
    private readonly SemaphoreSlim _permits;
    private readonly CancellationTokenSource _disposal = new();
    private readonly int _maximum;
    private readonly int _queueLimit;
    private int _count;
    private int _waiting;
    private bool _isDisposed;

    internal GuestThreads(int maximum, int queueLimit)
    {
        _maximum = maximum;
        _queueLimit = queueLimit;
        _permits = new SemaphoreSlim(maximum);
    }

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

    /// <summary>Waits for the right to run a call on one of the threads.</summary>
    /// <returns>False where too many wait already, or none was free for as long as the caller is patient.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ObjectDisposedException">The host was disposed.</exception>
    internal ValueTask<bool> EnterAsync(TimeSpan patience, CancellationToken cancellation) =>
        _permits.Wait(0, CancellationToken.None) ? new(true) : new(WaitAsync(patience, cancellation));

    /// <summary>Gives back what <see cref="EnterAsync"/> gave.</summary>
    internal void Leave() => _permits.Release();

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
            else if (_count == _maximum)
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

    private async Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _waiting) > _queueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposal.Token);
            return await _permits.WaitAsync(patience, ended.Token).ConfigureAwait(false);
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
