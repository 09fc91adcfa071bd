using Plugins.Host.Calls.Threads;

namespace Plugins.Host.Calls;

/// <summary>A caller who waits asynchronously, and need not wait for application code that does not return.</summary>
/// <remarks>
/// While the thread of the call is in such code, it touches nothing of the call's but what that code holds; so then,
/// and only then, can the caller be let go. When the code returns after all, its thread finds that out before it does
/// anything else, and its instance serves nobody any more.
/// </remarks>
internal sealed class PendingCall
{
    private const int AtHome = 0;
    private const int Abroad = 1;
    private const int LettingGo = 2;
    private const int LetGo = 3;

    private readonly Func<PendingCall, PluginResult> _call;
    private readonly GuestThreads? _threads;
    private readonly int _depth;
    private readonly ExecutionContext? _context;
    private readonly TaskCompletionSource<PluginResult> _completion;
    private int _place;
    private Func<InterruptReason, Exception>? _describe;
    private AbandonedOperations? _abandoned;
    private PluginResult? _result;
    private Exception? _failure;

    /// <summary>When the call was seen to be stopped; for the watchdog alone.</summary>
    internal long StoppedAt { get; set; }

    internal bool IsLetGo => Volatile.Read(ref _place) == LetGo;

    private PendingCall(Func<PendingCall, PluginResult> call, GuestThreads? threads, int depth)
    {
        _call = call;
        _threads = threads;
        _depth = depth;
        _context = threads is null ? null : ExecutionContext.Capture();

        // On the pool, continuations of the caller's run on the thread of the call, once it has nothing left to do.
        // Guest threads are few, and whatever the caller does next could keep one.
        _completion = new TaskCompletionSource<PluginResult>(
            threads is null ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Runs a call on a thread of the pool.</summary>
    internal static Task<PluginResult> Run(Func<PendingCall, PluginResult> call)
    {
        var pending = new PendingCall(call, threads: null, depth: 0);
        _ = Task.Run(pending.Run, CancellationToken.None);
        return pending._completion.Task;
    }

    /// <summary>Runs a call on a guest thread, whose right to that is given back when the call has ended.</summary>
    internal static Task<PluginResult> Run(GuestThreads threads, int depth, Func<PendingCall, PluginResult> call)
    {
        var pending = new PendingCall(call, threads, depth);
        try
        {
            threads.Start(pending);
        }
        catch
        {
            threads.Leave(depth);
            throw;
        }

        return pending._completion.Task;
    }

    /// <summary>On a guest thread: runs the call in the context of its caller.</summary>
    internal void RunInContext()
    {
        if (_context is null)
        {
            Run();
        }
        else
        {
            ExecutionContext.Run(_context, static call => ((PendingCall)call!).Run(), this);
        }
    }

    /// <summary>Says how to describe the end of the call if the caller is let go in its middle.</summary>
    /// <param name="abandoned">Then counts the call, until its thread has come back.</param>
    /// <param name="describe">Makes the failure that the caller gets.</param>
    internal void Begin(AbandonedOperations abandoned, Func<InterruptReason, Exception> describe) =>
        (_abandoned, _describe) = (abandoned, describe);

    /// <summary>Says how the call ended, while the application's code still clears up after it.</summary>
    internal void Offer(PluginResult? result, Exception? failure) => (_result, _failure) = (result, failure);

    /// <summary>Application code is about to run.</summary>
    internal void Leave() => Volatile.Write(ref _place, Abroad);

    /// <summary>Application code has returned; false when the caller has gone meanwhile.</summary>
    internal bool TryReturn()
    {
        if (Interlocked.CompareExchange(ref _place, AtHome, Abroad) == Abroad)
        {
            return true;
        }

        var spinner = default(SpinWait);
        while (!IsLetGo)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        return false;
    }

    /// <summary>Lets the caller go, if the call's thread is in application code.</summary>
    internal bool TryBeginLettingGo() => Interlocked.CompareExchange(ref _place, LettingGo, Abroad) == Abroad;

    /// <summary>Between this and <see cref="TryBeginLettingGo"/>, the call's thread does nothing.</summary>
    internal void EndLettingGo(InterruptReason reason)
    {
        var description = _describe?.Invoke(reason);
        var (result, failure) = (_result, _failure);
        failure ??= result is null ? description : null;
        _abandoned?.Begin();
        Volatile.Write(ref _place, LetGo);

        // The caller's continuations must not hold up the thread that watches all calls.
        ThreadPool.UnsafeQueueUserWorkItem(_ => Complete(result, failure), null);
    }

    private void Run()
    {
        PluginResult? result = null;
        Exception? failure = null;
        try
        {
            result = _call(this);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        if (IsLetGo)
        {
            _abandoned?.End();
        }

        // Before the caller goes on, who may be about to make the next call.
        _threads?.Leave(_depth);
        Complete(result, failure);
    }

    private void Complete(PluginResult? result, Exception? failure)
    {
        if (failure is not null)
        {
            _ = _completion.TrySetException(failure);
        }
        else if (result is { } present)
        {
            _ = _completion.TrySetResult(present);
        }
    }
}
