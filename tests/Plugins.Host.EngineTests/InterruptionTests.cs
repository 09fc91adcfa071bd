using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class InterruptionTests(TestedEngine tested) : EngineContract(tested)
{
    private const int MemoryPages = 256;
    private const int Siblings = 8;

    private static IEnumerable<TestCaseData> Endless() =>
    [
        .. Cases("empty loop", code => code.Loop().Br(0).End()),
        .. Cases("loop with a condition", code => code.Loop().I32Const(1).BrIf(0).End()),
        .. Cases("loop with calls", code => code.Loop().Call(2).Br(0).End()),
        .. Cases("loop with indirect calls", code => code.Loop().I32Const(0).CallIndirect(2).Br(0).End()),
        .. Cases("loop with host calls", code => code.Loop().Call(1).Drop().Br(0).End()),
        .. Cases("exponential recursion", code => code.I32Const(200).Call(3)),
        .. Cases("memory.fill", code => code.Loop()
            .I32Const(0).I32Const(1).I32Const(MemoryPages * PageBytes).Op(Opcode.MemoryFill, 0).Br(0).End()),
        .. Cases("memory.grow", code => code.Loop()
            .I32Const(-1).Op(Opcode.MemoryGrow, 0).Drop().Br(0).End()),
    ];

    // What an interrupt meets first after the import that asks for it.
    private static IEnumerable<TestCaseData> Entries() =>
    [
        .. Cases("function with calls", code => code.I32Const(3).Call(3)),
        .. Cases("large function without calls", code =>
        {
            Rounds(10)(code);
            code.Repeat(2_000, filler => filler.Op(Opcode.Nop));
        }),
        .. Cases("memory.fill", code => code
            .I32Const(0).I32Const(1).I32Const(MemoryPages * PageBytes).Op(Opcode.MemoryFill, 0)),
    ];

    [TestCaseSource(nameof(Endless))]
    public void Guest_WithoutEnd_IsStoppedFromAnotherThread(Action<CodeBuilder> code, bool meterFuel)
    {
        using var started = new ManualResetEventSlim();
        var instance = Create(Sample(code), meterFuel: meterFuel);
        instance.Fuel = long.MaxValue;
        instance.Instantiate(Imports(started.Set));
        var running = Task.Run(() => FaultOf(() => instance.Run()).Kind);
        Assert.That(started.Wait(Patience));
        instance.Interrupt();
        Assert.That(running.Wait(Patience));
        Assert.That(running.Result, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    [TestCaseSource(nameof(Endless))]
    public void Start_WithoutEnd_IsStoppedFromAnotherThread(Action<CodeBuilder> code, bool meterFuel)
    {
        using var started = new ManualResetEventSlim();
        var instance = Create(Sample(code).Start(5), meterFuel: meterFuel);
        instance.Fuel = long.MaxValue;
        var running = Task.Run(() => FaultOf(() => instance.Instantiate(Imports(started.Set))).Kind);
        Assert.That(started.Wait(Patience));
        instance.Interrupt();
        Assert.That(running.Wait(Patience));
        Assert.That(running.Result, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    [TestCaseSource(nameof(Endless))]
    public void Guest_WithoutEnd_IsStoppedByAnImport(Action<CodeBuilder> code, bool meterFuel)
    {
        IEngineInstance? instance = null;
        instance = Create(Sample(code), meterFuel: meterFuel);
        instance.Fuel = long.MaxValue;
        instance.Instantiate(Imports(instance.Interrupt));
        Assert.That(FaultOf(() => instance.Run()).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    [Test]
    public void Interrupt_UntilCleared_StopsEveryCall([Values] bool meterFuel)
    {
        var instance = Create(Sample(Rounds(10)), meterFuel: meterFuel);
        instance.Instantiate(Imports(() => { }));
        for (var round = 0; round < 3; round++)
        {
            instance.Interrupt();
            Assert.That(FaultOf(() => instance.Run()).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
            Assert.That(FaultOf(() => instance.Run()).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
            instance.ClearInterrupt();
            Assert.That(instance.Run(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Interrupt_BeforeInstantiation_StopsTheStart([Values] bool meterFuel)
    {
        var instance = Create(Sample(Rounds(10)).Start(5), meterFuel: meterFuel);
        instance.Interrupt();
        Assert.That(
            FaultOf(() => instance.Instantiate(Imports(() => { }))).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    [Test]
    public void Interrupt_BeforeInstantiation_StopsThatOrTheFirstCall()
    {
        var instance = Create(Sample(Rounds(10)));
        instance.Interrupt();
        var fault = FaultOf(() =>
        {
            instance.Instantiate(Imports(() => { }));
            instance.Run();
        });
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    [Test]
    public void Interrupt_ClearedBeforeTheCall_HasNoEffect()
    {
        var instance = Create(Sample(Rounds(10)));
        instance.Interrupt();
        instance.ClearInterrupt();
        instance.Instantiate(Imports(() => { }));
        instance.Interrupt();
        instance.Interrupt();
        instance.ClearInterrupt();
        instance.ClearInterrupt();
        Assert.That(instance.Run(), Is.EqualTo(1));
    }

    [Test]
    public void Interrupt_ClearedByTheImport_LetsTheGuestGoOn()
    {
        IEngineInstance? instance = null;
        instance = Instantiate(Sample(Rounds(1_000)), Imports(() =>
        {
            instance!.Interrupt();
            instance!.ClearInterrupt();
        }));
        Assert.That(instance.Run(), Is.EqualTo(1));
    }

    [Test]
    public void Interrupt_DuringAnImport_WaitsForItAndStopsTheGuest()
    {
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var isOver = false;
        var instance = Instantiate(Sample(code => code.Loop().Br(0).End()), Imports(() =>
        {
            entered.Set();
            goOn.Wait(Patience);
            isOver = true;
        }));
        var running = Task.Run(() => FaultOf(() => instance.Run()).Kind);
        Assert.That(entered.Wait(Patience));
        instance.Interrupt();
        Assert.That(running.IsCompleted, Is.False);
        goOn.Set();
        Assert.That(running.Wait(Patience));
        Assert.That((running.Result, isOver), Is.EqualTo((EngineFaultKind.Interrupted, true)));
    }

    [Test]
    public void Interrupt_OfNestedCalls_StopsTheOuterOneToo()
    {
        IEngineInstance? instance = null;
        EngineFaultKind? inner = null;
        var level = 0;
        instance = Instantiate(Sample(code => code.Loop().Br(0).End()), Imports(() =>
        {
            if (level++ == 0)
            {
                inner = FaultOf(() => instance!.Run()).Kind;
            }
            else
            {
                instance!.Interrupt();
            }
        }));
        var outer = FaultOf(() => instance.Run()).Kind;
        Assert.That((inner, outer), Is.EqualTo((EngineFaultKind.Interrupted, EngineFaultKind.Interrupted)));
    }

    [Test]
    public void Interrupt_OfOne_LeavesItsSiblingsRunning([Values] bool meterFuel)
    {
        var turns = new int[Siblings];
        var isOver = false;
        var module = Compile(Turning(), meterFuel);
        var instances = Enumerable.Range(0, Siblings).Select(number => Sibling(module, () =>
        {
            Interlocked.Increment(ref turns[number]);
            return Volatile.Read(ref isOver) ? 0 : 1;
        })).ToArray();
        var running = Array.ConvertAll(instances, instance => Task.Factory.StartNew(
            () => ExceptionOf(() => instance.Run()), TaskCreationOptions.LongRunning));
        Await(() => turns.All(turn => turn > 10));
        instances[0].Interrupt();
        Assert.That(running[0].Wait(Patience));
        var seen = turns.ToArray();
        Await(() => turns.Zip(seen).Skip(1).All(pair => pair.First > pair.Second + 10));
        Volatile.Write(ref isOver, true);
        Assert.That(Task.WaitAll(running, Patience));
        Assert.That(Engine.Describe(running[0].Result!)?.Kind, Is.EqualTo(EngineFaultKind.Interrupted));
        Assert.That(running[1..].Select(task => task.Result), Is.All.Null);
    }

    [Test]
    public void Interrupts_AmidManyCalls_HitOnlyWhatTheyAreMeantFor()
    {
        var instance = Instantiate(Sample(code => code.Loop().Br(0).End()), Imports(() => { }));
        for (var round = 0; round < 500; round++)
        {
            instance.Fuel = long.MaxValue;
            var running = Task.Run(() => FaultOf(() => instance.Run()).Kind);
            instance.Interrupt();
            Assert.That(running.Wait(Patience));
            Assert.That(running.Result, Is.EqualTo(EngineFaultKind.Interrupted));
            instance.ClearInterrupt();
            Assert.That(instance.Run("nothing"), Is.EqualTo(1));
        }
    }

    [TestCaseSource(nameof(Entries))]
    public void Interrupt_BeforeAnEntry_StopsTheGuestThere(Action<CodeBuilder> code, bool meterFuel)
    {
        var instance = Create(Sample(code), meterFuel: meterFuel);
        instance.Instantiate(Imports(instance.Interrupt));
        Assert.That(FaultOf(() => instance.Run()).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
    }

    private static void Await(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Patience));

    private IEngineInstance Sibling(IEngineModule module, Func<int> turn)
    {
        var instance = Create(module);
        instance.Fuel = long.MaxValue;
        instance.Instantiate([Import("turn", turn)]);
        return instance;
    }

    // A thousand rounds of its own between two of the host's answers.
    private static ModuleBuilder Turning() => new ModuleBuilder()
        .ImportFunction(Host, "turn", [], [I32])
        .Function([], [I32], locals: [I32], export: "run", code: code =>
        {
            code.Loop();
            Rounds(1_000)(code);
            code.Call(0).BrIf(0).End().I32Const(1);
        });

    private static HostImport[] Imports(Action started) =>
    [
        Import("started", new Action<int, int>((_, _) => started())),
        Import("nothing", new Func<int>(() => 0)),
    ];

    // Functions: 0 started, 1 nothing, 2 empty, 3 exponential recursion, 4 the case, 5 and run tell that it started.
    private static ModuleBuilder Sample(Action<CodeBuilder> code) => new ModuleBuilder()
        .ImportFunction(Host, "started", [I32, I32], [])
        .ImportFunction(Host, "nothing", [], [I32])
        .Type([], [])
        .Memory(MemoryPages, export: "memory")
        .Table(1)
        .Elements(0, 2)
        .Function([], [], empty => empty.Op(Opcode.Nop))
        .Function([I32], [], recursion => recursion
            .LocalGet(0).If()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(3)
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(3)
            .End())
        .Function([], [], code, [I32])
        .Function([], [], run => run.I32Const(0).I32Const(0).Call(0).Call(4))
        .Function([], [I32], run => run.Call(5).I32Const(1), export: "run")
        .Function([], [I32], nothing => nothing.I32Const(1), export: "nothing");

    private static Action<CodeBuilder> Rounds(int count) => code => code
        .I32Const(count).LocalSet(0)
        .Loop().LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End();

    private static IEnumerable<TestCaseData> Cases(string name, Action<CodeBuilder> code) =>
        from meterFuel in (bool[])[false, true]
        select new TestCaseData(code, meterFuel).SetArgDisplayNames(name, meterFuel ? "metered" : "not metered");
}
