using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>The threads that compile for all modules of the process, and the modules that wait for them.</summary>
/// <remarks>
/// One for every four processors, and below others in priority where the system knows that. Modules take turns; a
/// thread ends when there has been nothing to do for a while.
/// </remarks>
internal static class CompilationQueue
{
    // The runtime's compiler recurses over what guests have nested.
    private const int StackBytes = 16 << 20;

    private static readonly int s_most = Math.Clamp(Environment.ProcessorCount / 4, 1, 4);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private static readonly Lock s_lock = new();
    private static readonly Queue<WeakReference<FunctionTiers>> s_waiting = [];
    private static readonly SemaphoreSlim s_work = new(0);
    private static int s_threads;
    private static int s_idle;
    private static int s_dropped;
    private static int s_helpers;

    /// <summary>How often a module's turn came when nothing used it any more; for tests.</summary>
    internal static int Dropped => Volatile.Read(ref s_dropped);

    /// <summary>How many modules wait; for tests.</summary>
    internal static int Waiting
    {
        get
        {
            lock (s_lock)
            {
                return s_waiting.Count;
            }
        }
    }

    /// <summary>Has a module's requests done, some time, unless it is collected before that.</summary>
    internal static void Add(FunctionTiers tiers)
    {
        lock (s_lock)
        {
            s_waiting.Enqueue(new WeakReference<FunctionTiers>(tiers));
            if (s_idle < s_waiting.Count && s_threads < s_most)
            {
                Start();
            }
        }

        s_work.Release();
    }

    /// <summary>Does something on a thread that has the stack for compiling, and waits for it.</summary>
    internal static void Run(Action compile, CancellationToken cancellationToken) =>
        RunAsync(compile, cancellationToken).GetAwaiter().GetResult();

    /// <summary>Does something on a thread that has the stack for compiling.</summary>
    /// <param name="compile">What is done.</param>
    /// <param name="cancellationToken">The one that it throws for.</param>
    /// <exception cref="InsufficientMemoryException">There is no memory for the thread; in the task.</exception>
    internal static Task RunAsync(Action compile, CancellationToken cancellationToken)
    {
        // What waits for it must not run on its thread, which would not end.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Thread? thread = DeepThread.TryStart(
            () =>
            {
                try
                {
                    compile();
                    ended.SetResult();
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    ended.SetCanceled(cancellationToken);
                }
                catch (Exception exception)
                {
                    ended.SetException(exception);
                }
            },
            StackBytes,
            "Plugins.Wasm warm-up");
        if (thread is null)
        {
            ended.SetException(new InsufficientMemoryException("There is no memory for a thread that compiles."));
        }

        return ended.Task;
    }

    /// <summary>Does something for each of some things, on this thread and on others that have its stack.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">How many threads at the most; fewer where the process has as many as processors.</param>
    /// <param name="compile">What is done, by number.</param>
    internal static void ForEach(int count, int threads, Action<int> compile)
    {
        int next = -1;
        ExceptionDispatchInfo? failure = null;
        void Work()
        {
            try
            {
                for (int i; failure is null && (i = Interlocked.Increment(ref next)) < count;)
                {
                    compile(i);
                }
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        Thread[] others = StartHelpers(Math.Min(threads, count) - 1, Work);
        Work();
        Array.ForEach(others, thread => thread.Join());
        Interlocked.Add(ref s_helpers, -others.Length);
        failure?.Throw();
    }

    private static Thread[] StartHelpers(int wanted, ThreadStart work)
    {
        List<Thread> started = [];
        while (started.Count < wanted)
        {
            if (Interlocked.Increment(ref s_helpers) >= Environment.ProcessorCount
                || DeepThread.TryStart(work, StackBytes, "Plugins.Wasm warm-up") is not { } thread)
            {
                Interlocked.Decrement(ref s_helpers);
                break;
            }

            started.Add(thread);
        }

        return [.. started];
    }

    // Called on the thread of a guest's call, which must not fail for it: the next request tries again.
    private static void Start()
    {
        if (DeepThread.TryStart(Work, StackBytes, "Plugins.Wasm compiler", ThreadPriority.BelowNormal) is not null)
        {
            s_threads++;
        }
    }

    private static void Work()
    {
        while (TryTake() is { } waiting)
        {
            CompileNext(waiting);
        }
    }

    // Apart, so that nothing on this thread's stack keeps a module while the thread waits for the next.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileNext(WeakReference<FunctionTiers> waiting)
    {
        if (waiting.TryGetTarget(out FunctionTiers? tiers))
        {
            tiers.CompileNext();
        }
        else
        {
            Interlocked.Increment(ref s_dropped);
        }
    }

    private static WeakReference<FunctionTiers>? TryTake()
    {
        lock (s_lock)
        {
            s_idle++;
        }

        bool isThere = s_work.Wait(s_patience);
        lock (s_lock)
        {
            s_idle--;

            // Something may have come between the end of patience and here.
            if (!isThere && !s_work.Wait(0))
            {
                s_threads--;
                return null;
            }

            return s_waiting.Dequeue();
        }
    }
}
