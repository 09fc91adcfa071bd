namespace Plugins.Host.Calls;

/// <summary>Signals the application's code that its call was stopped, and ends the host's waiting for it.</summary>
internal sealed partial class CallSlot
{
    private CancellationTokenSource? _cancellation;
    private TaskCompletionSource? _stopSignal;

    /// <summary>Cancelled when the call is stopped or ends; made when it is first asked for.</summary>
    internal CancellationToken Token
    {
        get
        {
            var source = Publish(ref _cancellation, static () => new CancellationTokenSource());
            if (IsStopped)
            {
                Cancel(source);
            }

            return source.Token;
        }
    }

    /// <summary>Waits for the application's task that is pending, at most until the call is stopped.</summary>
    /// <param name="pending">The task.</param>
    /// <param name="abandoned">Takes it when it goes on without the call.</param>
    /// <exception cref="OperationCanceledException">The call was stopped.</exception>
    internal T Wait<T>(ValueTask<T> pending, AbandonedOperations abandoned)
    {
        var task = pending.AsTask();
        var signal = Publish(ref _stopSignal, static () => new TaskCompletionSource());
        if (!IsStopped)
        {
            _ = Task.WaitAny(task, signal.Task);
        }

        if (!task.IsCompleted)
        {
            abandoned.Add(task);
            throw new OperationCanceledException("The call was stopped.");
        }

        return task.GetAwaiter().GetResult();
    }

    // The exchange is a full fence, as is the one by which a call is stopped: either this thread sees the stop, or the
    // stopping one sees the object.
    private static T Publish<T>(ref T? field, Func<T> make)
        where T : class
    {
        if (Volatile.Read(ref field) is { } present)
        {
            return present;
        }

        var made = make();
        return Interlocked.CompareExchange(ref field, made, null) ?? made;
    }

    // Callbacks are the application's code and must not hold up the thread that watches all calls.
    private static void Cancel(CancellationTokenSource source) => source.CancelAsync().Forget();

    /// <summary>What was signalled is over: who asks from now on gets new ones.</summary>
    private void ForgetSignals()
    {
        _cancellation = null;
        _stopSignal = null;
        if (Caller is { } caller)
        {
            caller.StoppedAt = 0;
        }
    }

    private void Signal()
    {
        Volatile.Read(ref _stopSignal)?.TrySetResult();
        if (Volatile.Read(ref _cancellation) is { } cancellation)
        {
            Cancel(cancellation);
        }
    }
}
