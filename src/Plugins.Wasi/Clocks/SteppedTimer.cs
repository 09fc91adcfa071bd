namespace Plugins.Wasi.Clocks;

/// <summary>A timer that is due as soon as it is asked for, as no time passes but by steps.</summary>
internal sealed class SteppedTimer(TimerCallback callback, object? state, Action<TimeSpan> pass) : ITimer
{
    private bool _isDisposed;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
        {
            return false;
        }

        if (dueTime >= TimeSpan.Zero)
        {
            pass(dueTime);
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Run(), this, preferLocal: false);
        }

        return true;
    }

    public void Dispose() => _isDisposed = true;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        if (!_isDisposed)
        {
            callback(state);
        }
    }
}
