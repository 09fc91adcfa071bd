using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[ModeFixture(false)]
[ModeFixture(true)]
internal sealed class InterruptionTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const int Patience = 300_000;
    private const int MemoryBytes = 256 << 20;
    private const int Elements = 1_000_000;

    private static IEnumerable<TestCaseData> Endless()
    {
        yield return Case("empty loop", code => code.Loop().Br(0).End());
        yield return Case("loop with a condition", code => code.Loop().I32Const(1).BrIf(0).End());
        yield return Case("loop over br_table", code => code.Loop().I32Const(3).BrTable(0, 0, 0).End());
        yield return Case("loop with calls", code => code.Loop().Call(2).Br(0).End());
        yield return Case("loop with indirect calls", code => code.Loop().I32Const(0).CallIndirect(0).Br(0).End());
        yield return Case("loop with host calls", code => code.Loop().Call(1).Br(0).End());
        yield return Case("tail calls", code => code.Op(Opcode.ReturnCall, 4));
        yield return Case("exponential recursion", code => code.I32Const(200).Call(3));
        yield return Case("memory.fill",
            Loop(code => code.I32Const(0).I32Const(1).I32Const(MemoryBytes).Op(Opcode.MemoryFill, 0)));
        yield return Case("memory.copy up",
            Loop(code => code.I32Const(1).I32Const(0).I32Const(MemoryBytes - 1).Op(Opcode.MemoryCopy, 0, 0)));
        yield return Case("memory.copy down",
            Loop(code => code.I32Const(0).I32Const(1).I32Const(MemoryBytes - 1).Op(Opcode.MemoryCopy, 0, 0)));
        yield return Case("table.fill",
            Loop(code => code.I32Const(0).RefNull(FuncRef).I32Const(Elements).Op(Opcode.TableFill, 1)));
        yield return Case("table.copy",
            Loop(code => code.I32Const(0).I32Const(1).I32Const(Elements - 1).Op(Opcode.TableCopy, 1, 1)));
        yield return Case("memory.grow by none", Loop(code => code.I32Const(0).Op(Opcode.MemoryGrow, 0).Drop()));
        yield return Case("memory.grow past the limit",
            Loop(code => code.I32Const(-1).Op(Opcode.MemoryGrow, 0).Drop()));
        yield return Case("table.grow past the limit",
            Loop(code => code.RefNull(FuncRef).I32Const(-1).Op(Opcode.TableGrow, 1).Drop()));
    }

    [TestCaseSource(nameof(Endless))]
    public void Guest_WithoutEnd_InterruptedFromAnotherThread_Traps(Action<CodeBuilder> code)
    {
        using var store = new Store();
        using var started = new ManualResetEventSlim();
        Instance instance = Sample(code).Instantiate(store, Host(started.Set), meterFuel);

        Task<TrapKind?> running = Task.Run(() => Guest.TrapOf(() => instance.Run()));
        bool hasStarted = started.Wait(Patience);
        store.Interrupt();

        Assert.That(hasStarted, Is.True);
        Assert.That(running.Wait(Patience), Is.True);
        Assert.That(running.Result, Is.EqualTo(TrapKind.Interrupted));
    }

    [TestCaseSource(nameof(Endless))]
    public void Guest_WithoutEnd_InterruptedByTheHostItCalls_Traps(Action<CodeBuilder> code)
    {
        using var store = new Store();
        Instance instance = Sample(code).Instantiate(store, Host(store.Interrupt), meterFuel);

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void StartFunction_WithoutEnd_Interrupted_Traps()
    {
        using var store = new Store();
        ModuleBuilder builder = Sample(code => code.Loop().Br(0).End()).Start(5);

        Assert.That(
            Guest.TrapOf(() => builder.Instantiate(store, Host(store.Interrupt), meterFuel)),
            Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void Interrupt_UntilCleared_StopsEveryCall()
    {
        using var store = new Store();
        Instance instance = Sample(code => code.Call(2)).Instantiate(store, Host(() => { }), meterFuel);

        store.Interrupt();
        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(TrapKind.Interrupted));
        store.ClearInterrupt();
        Assert.That(Guest.TrapOf(() => instance.Run()), Is.Null);
    }

    [Test]
    public void Interrupt_BeforeInstantiation_StopsTheStartFunction()
    {
        using var store = new Store();
        store.Interrupt();

        Assert.That(
            Guest.TrapOf(() => Sample(code => code.Call(2)).Start(5).Instantiate(store, Host(() => { }), meterFuel)),
            Is.EqualTo(TrapKind.Interrupted));
    }

    [Test]
    public void Interrupt_OfOneStore_LeavesOthersAlone()
    {
        using Store one = new(), other = new();
        Instance instance = Sample(code => code.Call(2)).Instantiate(other, Host(() => { }), meterFuel);

        one.Interrupt();

        Assert.That(Guest.TrapOf(() => instance.Run()), Is.Null);
    }

    private static Imports Host(Action started) => new Imports()
        .Add("host", "started", started)
        .Add("host", "nothing", () => { });

    // Functions: 0 started, 1 nothing, 2 empty, 3 exponential recursion, 4 the case, 5 the export that says it started.
    private static ModuleBuilder Sample(Action<CodeBuilder> code) => new ModuleBuilder()
        .ImportFunction("host", "started", [], [])
        .ImportFunction("host", "nothing", [], [])
        .Memory(MemoryBytes / LinearMemory.PageBytes)
        .Table(1)
        .Table(Elements)
        .Elements(0, 2)
        .Function([], [], empty => empty.Op(Opcode.Nop))
        .Function([I32], [], recursion => recursion
            .LocalGet(0).If()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(3)
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(3)
            .End())
        .Function([], [], code)
        .Function([], [], run => run.Call(0).Call(4), export: "run");

    private static TestCaseData Case(string name, Action<CodeBuilder> code) =>
        new TestCaseData(code).SetArgDisplayNames(name);

    private static Action<CodeBuilder> Loop(Action<CodeBuilder> body) => code =>
    {
        code.Loop();
        body(code);
        code.Br(0).End();
    };
}
