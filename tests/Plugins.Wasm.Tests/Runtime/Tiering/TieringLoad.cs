using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Tests.Runtime.Support;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>Threads on which modules are loaded, become hot and are dropped.</summary>
internal static class TieringLoad
{
    private const int Threads = 4;

    private static readonly ModuleOptions s_soon = GuestMode.TieredSomeTime.OptionsFor(meterFuel: true);

    /// <summary>What <c>eng/soak.sh</c> starts: prints after each round what is left.</summary>
    public static int RunRounds(int rounds)
    {
        Settle();
        long first = WorkingSet();
        for (int round = 1; round <= rounds; round++)
        {
            IReadOnlyCollection<WeakReference> dropped = Run(modulesPerThread: 1_000);
            Settle();
            Console.Out.WriteLine(
                $"round {round}: {dropped.Count} modules, {dropped.Count(module => module.IsAlive)} alive, "
                + $"{EmittedAssemblies()} assemblies, {CompilationQueue.Waiting} waiting, "
                + $"{(WorkingSet() - first) >> 10} KiB more");
        }

        return EmittedAssemblies() == 0 && CompilationQueue.Waiting == 0 ? 0 : 1;
    }

    /// <summary>Uses modules and forgets them, and half of their stores undisposed.</summary>
    public static IReadOnlyCollection<WeakReference> Run(int modulesPerThread)
    {
        ConcurrentBag<WeakReference> dropped = [];
        Task[] threads = [.. Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < modulesPerThread; i++)
                {
                    dropped.Add(UseOne((thread * modulesPerThread) + i));
                }
            },
            TaskCreationOptions.LongRunning))];
        Task.WaitAll(threads);
        return dropped;
    }

    /// <summary>Waits until nothing is to be compiled, and collects what can be.</summary>
    public static void Settle()
    {
        Assert.That(() => CompilationQueue.Waiting, Is.Zero.After(60_000, 20));

        // Unloading emitted code takes a collection for each link of the chain that held it.
        for (int i = 0; i < 10; i++)
        {
            Collect();
        }
    }

    public static bool AreCollected(IEnumerable<WeakReference> modules)
    {
        Collect();
        return !modules.Any(module => module.IsAlive);
    }

    public static int EmittedAssemblies() =>
        AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.IsDynamic && assembly.IsCollectible);

    public static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseOne(int salt)
    {
        Module module = Module.Compile(TieredSample.Build(salt).Build(), s_soon);
        var store = new Store();
        var run = new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>();
        for (int i = 0; i < 4; i++)
        {
            Assert.That(run(100 * i), Is.EqualTo(TieredSample.Expected(100 * i, salt)));
        }

        if (salt % 2 == 0)
        {
            store.Dispose();
        }

        return new WeakReference(module);
    }
}
