using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>What is dropped is given back: instances, modules, what failed, and what was forgotten.</summary>
[NonParallelizable]
internal sealed class LifetimeTests(TestedEngine tested) : EngineContract(tested)
{
    private const int Loops = 10_000;
    private const int WarmUp = 1_000;

    // A leaked instance has a page of 64 KiB that was written to: ten thousand would be 640 MiB.
    private const long GrowthAllowed = 16 << 20;
    private const long HeapGrowthAllowed = 4 << 20;

    [Test]
    public void Instances_MadeCalledAndDisposed_LeaveMemoryFlat()
    {
        var module = Compile(Sample(0));
        ExpectFlat(Loops, _ => Use(module, Limits));
    }

    [Test]
    public void Instances_WithSeveralTables_LeaveMemoryFlat()
    {
        // Engines that keep places ready for instances keep them for usual ones.
        var module = Compile(Sample(0).Table(5, kind: ExternRef));
        ExpectFlat(Loops / 5, _ => Use(module, Limits));
    }

    [Test]
    public void Instances_WhoseGuestsTrap_LeaveMemoryFlat()
    {
        var module = Compile(Sample(0));
        ExpectFlat(Loops / 5, _ => Use(module, Limits, instance => TrapOf(() => instance.Act("fail"))));
    }

    [Test]
    public void Instances_WhoseImportsThrow_LeaveMemoryFlat()
    {
        var module = Compile(Sample(0));
        ExpectFlat(Loops / 5, _ => Use(module, Limits, instance =>
            Assert.That(() => instance.Act("throw"), Throws.TypeOf<TimeZoneNotFoundException>())));
    }

    [Test]
    public void Instances_ThatCannotBeInstantiated_LeaveMemoryFlat()
    {
        var trapping = Compile(Sample(0).Start(4));
        var large = Compile(Sample(0));
        ExpectFlat(Loops / 5, _ =>
        {
            Assert.That(TrapOf(() => Use(trapping, Limits)), Is.EqualTo(TrapCode.Unreachable));
            Assert.That(
                FaultOf(() => Use(large, Limits with { MemoryPages = 1 })).Kind,
                Is.EqualTo(EngineFaultKind.MemoryLimit));
        });
    }

    [Test]
    public void Instance_CapturedAndRestored_LeavesMemoryFlat()
    {
        var instance = Instantiate(Sample(0), Imports());
        Assert.That(instance.TryCapture());
        var run = instance.GetFunction("run");
        ExpectFlat(Loops, _ =>
        {
            instance.Fuel = Plenty;
            run();
            instance.Restore();
        });
    }

    [Test]
    public void Modules_CompiledUsedAndDropped_LeaveMemoryFlat() =>
        ExpectFlat(500, number => Use(Compile(Sample(number)), Limits), warmUp: 250);

    [Test]
    public void Modules_ThatAreRefused_LeaveMemoryFlat()
    {
        var invalid = new ModuleBuilder().Memory(1).Function([], [I32], _ => { }).Build();
        ExpectFlat(2_000, _ => FaultOf(() => Engine.Compile(invalid, ModuleLimits.Default, meterFuel: true)));
    }

    [Test]
    public void Instances_ThatWereForgotten_AreReleasedSomeTime()
    {
        var module = Compile(Sample(0));
        Forget(module, WarmUp);
        Collect();
        var before = WorkingSet();
        Forget(module, 2 * WarmUp);
        Collect();
        Assert.That(WorkingSet() - before, Is.LessThan(2 * GrowthAllowed));
    }

    [Test]
    public void Module_NothingRefersTo_IsReleased()
    {
        var dropped = Enumerable.Range(0, 20).Select(Drop).ToArray();
        Collect();
        Assert.That(dropped.Count(module => module.IsAlive), Is.Zero);
    }

    [Test]
    public void Instance_WhoseModuleWasForgotten_StillAnswers()
    {
        var function = Hold();
        Collect();
        Assert.That(function(), Is.EqualTo(3));
    }

    private static void ExpectFlat(int loops, Action<int> loop, int warmUp = WarmUp)
    {
        Repeat(warmUp, loop);
        Collect();
        var (before, heapBefore) = (WorkingSet(), GC.GetTotalMemory(forceFullCollection: true));
        Repeat(loops, loop);
        Collect();
        Assert.That(WorkingSet() - before, Is.LessThan(GrowthAllowed));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - heapBefore, Is.LessThan(HeapGrowthAllowed));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Repeat(int loops, Action<int> loop)
    {
        for (var number = 0; number < loops; number++)
        {
            loop(number);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Use(IEngineModule module, EngineLimits limits, Action<IEngineInstance>? then = null)
    {
        using var instance = module.CreateInstance(limits);
        instance.Fuel = Plenty;
        instance.Instantiate(Imports());
        instance.Run();
        then?.Invoke(instance);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(IEngineModule module, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var instance = module.CreateInstance(Limits);
            instance.Fuel = Plenty;
            instance.Instantiate(Imports());
            instance.Run();
            if (number % 100 == 99)
            {
                // A pool of places is finite, and only finalizers give the forgotten ones back.
                Collect();
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Drop(int number)
    {
        var module = Compile(Sample(number));
        Use(module, Limits);
        return new WeakReference(module);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Func<int> Hold() => Instantiate(Sample(1), Imports()).GetFunction("run");

    private static HostImport[] Imports() =>
    [
        Import("f", new Func<int>(() => 2)),
        Import("throw", new Func<int>(() => throw new TimeZoneNotFoundException())),
    ];

    // Functions 0 and 1 are imports, 2 is run, 3 throw, 4 fail.
    private static ModuleBuilder Sample(int number) => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .ImportFunction(Host, "throw", [], [I32])
        .Memory(2, export: "memory")
        .Table(10)
        .Elements(0, 0)
        .Function([], [I32], export: "run", code: code => code
            .I32Const(PageBytes).I32Const(number).Access(Opcode.I32Store)
            .I32Const(0).I32Const(1).I32Const(60_000).Op(Opcode.MemoryFill, 0)
            .I32Const(0).CallIndirect(0)
            .I32Const(PageBytes).Access(Opcode.I32Load).Op(Opcode.I32Add))
        .Function([], [], code => code.Call(1).Drop(), export: "throw")
        .Function([], [], code => code.Op(Opcode.Unreachable), export: "fail");

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    // Unloading emitted code takes a collection for each link of the chain that held it.
    private static void Collect()
    {
        for (var round = 0; round < 10; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }
}
