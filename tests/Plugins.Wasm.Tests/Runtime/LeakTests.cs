using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[NonParallelizable]
[ModeFixture(Modes = ModeSet.Few)]
internal sealed class LeakTests(GuestMode mode) : GuestFixture(mode)
{
    // What a thousand leaked modules of this kind would take is measured in tens of megabytes.
    private const long GrowthAllowed = 16 << 20;

    private int Modules => Mode == GuestMode.Compiled ? 1_000 : 300;

    [Test]
    public void Modules_CompiledCalledAndDropped_AreUnloaded()
    {
        WeakReference[] dropped = UseAndDrop(Modules, dispose: true);

        Collect();

        Assert.That(dropped.Count(module => module.IsAlive), Is.Zero);
    }

    [Test]
    public void Modules_WhoseStoresWereForgotten_AreUnloaded()
    {
        WeakReference[] dropped = UseAndDrop(50, dispose: false);

        Collect();

        Assert.That(dropped.Count(module => module.IsAlive), Is.Zero);
    }

    [Test]
    public void Modules_CompiledCalledAndDropped_LeaveMemoryFlat()
    {
        UseAndDrop(Modules / 2, dispose: true);
        Collect();
        long before = WorkingSet(), assemblies = EmittedAssemblies();

        UseAndDrop(Modules, dispose: true);
        Collect();

        Assert.That(EmittedAssemblies(), Is.LessThanOrEqualTo(assemblies));
        Assert.That(WorkingSet() - before, Is.LessThan(GrowthAllowed));
    }

    [Test]
    public void Module_WhoseFunctionIsStillHeld_StaysLoaded()
    {
        (WeakReference module, Func<int, int> function) = HoldFunction();

        Collect();

        Assert.That(module.IsAlive, Is.True);
        Assert.That(function(20), Is.EqualTo(21));
    }

    [Test]
    public void Instances_MadeAndDropped_LeaveNativeMemoryFlat()
    {
        Module module = new ModuleBuilder().Memory(16).Compile();
        MakeInstances(module, 100);
        long before = WorkingSet();

        MakeInstances(module, 2_000);

        Assert.That(WorkingSet() - before, Is.LessThan(GrowthAllowed));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] UseAndDrop(int count, bool dispose) =>
        [.. Enumerable.Range(0, count).Select(number => UseAndDropOne(number, dispose))];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseAndDropOne(int number, bool dispose)
    {
        var store = new Store();
        var imports = new Imports().Add("host", "twice", (int value) => value * 2);
        Instance instance = Sample(number).Instantiate(store, imports);
        int result = instance.GetFunction("run").CreateDelegate<Func<int, int>>()(1);
        Assert.That(result, Is.EqualTo(2 + number));
        Assert.That(Guest.TrapOf(() => instance.Run("fail")), Is.EqualTo(TrapKind.Unreachable));
        if (dispose)
        {
            store.Dispose();
        }

        return new WeakReference(instance.Module);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (WeakReference Module, Func<int, int> Function) HoldFunction()
    {
        Instance instance = new ModuleBuilder()
            .Function([I32], [I32], code => code.LocalGet(0).I32Const(1).Op(Opcode.I32Add), export: "run")
            .Instantiate();
        return (new WeakReference(instance.Module), instance.GetFunction("run").CreateDelegate<Func<int, int>>());
    }

    private static void MakeInstances(Module module, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using var store = new Store();
            _ = new Instance(store, module);
        }
    }

    private static ModuleBuilder Sample(int number) => new ModuleBuilder()
        .ImportFunction("host", "twice", [I32], [I32])
        .Memory(1)
        .Table(1)
        .Elements(0, 1)
        .Function([I32], [I32], code => code.LocalGet(0).Call(0).I32Const(number).Op(Opcode.I32Add))
        .Function([I32], [I32], code => code.LocalGet(0).I32Const(0).CallIndirect(0), export: "run")
        .Function([], [], code => code.Op(Opcode.Unreachable), export: "fail");

    private static int EmittedAssemblies() =>
        AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.IsDynamic && assembly.IsCollectible);

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    // Unloading emitted code takes a collection for each link of the chain that held it.
    private static void Collect()
    {
        for (int i = 0; i < 10; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
