using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Tiering;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Tiering;

/// <summary>Compiling in the background while modules come and go, and while the garbage collector works.</summary>
[NonParallelizable]
internal sealed class TieringLoadTests
{
    private const long GrowthAllowed = 48 << 20;
    private const int Patience = 60_000;
    private static readonly ModuleOptions s_soon = GuestMode.TieredSomeTime.OptionsFor(meterFuel: true);

    [Test]
    public void Modules_TieringAndDroppedAllTheTime_AreUnloadedAndLeaveMemoryFlat()
    {
        TieringLoad.Run(modulesPerThread: 40);
        TieringLoad.Settle();
        long before = TieringLoad.WorkingSet(), assemblies = TieringLoad.EmittedAssemblies();

        IReadOnlyCollection<WeakReference> dropped = TieringLoad.Run(modulesPerThread: 250);

        TieringLoad.Settle();
        Assert.That(() => TieringLoad.AreCollected(dropped), Is.True.After(Patience, 100));
        Assert.That(TieringLoad.EmittedAssemblies(), Is.LessThanOrEqualTo(assemblies));
        Assert.That(TieringLoad.WorkingSet() - before, Is.LessThan(GrowthAllowed));
    }

    [Test]
    public void Modules_DroppedWhileTheyWaitForTheCompiler_AreForgotten()
    {
        int before = CompilationQueue.Dropped;
        Module busy = MakeHot(functions: 100);

        WeakReference[] dropped = MakeAndDropHot(20);

        Assert.That(() => TieringLoad.AreCollected(dropped), Is.True.After(Patience, 20));
        Assert.That(() => CompilationQueue.Dropped, Is.GreaterThan(before).After(Patience, 20));
        GC.KeepAlive(busy);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void GarbageCollector_WhileAGuestSpins_DoesNotWaitForIt(bool tiers)
    {
        ModuleOptions options = (tiers ? GuestMode.TieredSomeTime : GuestMode.Interpreted).OptionsFor(meterFuel: false);
        using var store = new Store();
        var instance = new Instance(store, Module.Compile(new ModuleBuilder()
            .Memory(1)
            .Function([], [], code => code.Loop()
                .I32Const(8).I32Const(8).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add).Access(Opcode.I32Store)
                .Br(0).End(), export: "run").Build(), options));
        Task<TrapKind?> spinning = Task.Factory.StartNew(
            () => Guest.TrapOf(() => instance.Run()), TaskCreationOptions.LongRunning);

        // Each would wait for ever for a loop that the collector cannot stop.
        for (int i = 0; i < 20; i++)
        {
            GC.Collect(0);
        }

        store.Interrupt();
        Assert.That(spinning.GetAwaiter().GetResult(), Is.EqualTo(TrapKind.Interrupted));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void References_WhileTheCollectorMovesThem_StayWhatTheyAre(bool isSynchronous)
    {
        using var stop = new CancellationTokenSource();
        var collecting = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: true);
                Thread.Yield();
            }
        });
        collecting.Start();
        try
        {
            for (int i = 0; i < 30; i++)
            {
                ModuleOptions options =
                    (isSynchronous ? GuestMode.TieredAfterOne : GuestMode.TieredSomeTime).OptionsFor(meterFuel: true);
                using var store = new Store();
                var instance = new Instance(store, Module.Compile(TieredSample.Build(i).Build(), options));
                var keep = instance.GetFunction("keep").CreateDelegate<Func<int, object?, object?>>();
                object reference = new[] { i };

                Assert.That(keep(500, reference), Is.SameAs(reference));
                Assert.That(keep(500, reference), Is.SameAs(reference));
            }
        }
        finally
        {
            stop.Cancel();
            collecting.Join();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] MakeAndDropHot(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new WeakReference(MakeHot(functions: 20)))];

    /// <summary>Calls functions until each waits for being compiled, which takes long.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Module MakeHot(int functions)
    {
        ModuleBuilder builder = new ModuleBuilder().Type([I32], [I32]).Table((uint)functions)
            .Elements(0, [.. Enumerable.Range(0, functions).Select(i => (uint)i)]);
        for (int i = 0; i < functions; i++)
        {
            builder.Function([I32], [I32], code => code.LocalGet(0)
                .Repeat(1_000, one => one.LocalGet(0).Op(Opcode.I32Mul).I32Const(5).Op(Opcode.I32Add)));
        }

        builder.Function([I32], [I32], code => code.I32Const(7).LocalGet(0).CallIndirect(0), export: "run");
        Module module = Module.Compile(builder.Build(), s_soon);
        using var store = new Store();
        var run = new Instance(store, module).GetFunction("run").CreateDelegate<Func<int, int>>();
        for (int i = 0; i < 3 * functions; i++)
        {
            run(i % functions);
        }

        return module;
    }
}
