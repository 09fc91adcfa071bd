using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime.Calls;

/// <summary>A call in a function's place takes no stack, whoever calls whom.</summary>
[ModeFixture(false)]
[ModeFixture(true)]
internal sealed class TailCallTests(bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const int Many = 200_000;

    // A few calls would be enough to exhaust these, if one were left behind each time.
    private static readonly StoreOptions s_shallow = new() { CallDepth = 8, StackBytes = 64 * 1024 };

    private static IEnumerable<TestCaseData> Loops()
    {
        yield return Case("itself", Countdown(code => code.Op(Opcode.ReturnCall, 0)));
        yield return Case("itself through a table", Countdown(code => code
            .I32Const(0).Op(Opcode.ReturnCallIndirect, 0, 0)).Table(1).Elements(0, 0));
        yield return Case("each other", Countdown(code => code.Op(Opcode.ReturnCall, 1))
            .Function([I32, I64], [I64], code => code.LocalGet(0).LocalGet(1).Op(Opcode.ReturnCall, 0)));
        yield return Case("more parameters", Countdown(code => code.I64Const(1).I64Const(2).Op(Opcode.ReturnCall, 1))
            .Function([I32, I64, I64, I64], [I64], code => code.LocalGet(0).LocalGet(1).Op(Opcode.ReturnCall, 0)));
        yield return Case("inside blocks", Countdown(code => code
            .LocalSet(1).LocalSet(0).Block(I64).LocalGet(0).LocalGet(1).Op(Opcode.ReturnCall, 0).End().Drop()
            .Op(Opcode.Unreachable)));
        yield return Case("with a loop on the way", Countdown(code => code
            .I32Const(3).LocalSet(2).Loop().LocalGet(2).I32Const(1).Op(Opcode.I32Sub).LocalTee(2).BrIf(0).End()
            .Op(Opcode.ReturnCall, 0)));
    }

    [TestCaseSource(nameof(Loops))]
    public void Function_TailCalling_TakesNoStack(ModuleBuilder module)
    {
        using var store = new Store(s_shallow);
        Instance instance = module.Instantiate(store, null, meterFuel);
        var run = instance.GetFunction("run").CreateDelegate<Func<int, long, long>>();
        Assert.That(run(Many, 5), Is.EqualTo(5L + Many));
    }

    // The function calls the host in its place, whose result is its own; an ordinary call below it goes on.
    [Test]
    public void Host_TailCalled_GivesTheResult()
    {
        Instance instance = new ModuleBuilder()
            .ImportFunction("host", "add", [I32, I32, I32], [I32])
            .Function([I32], [I32], code => code.LocalGet(0).I32Const(20).I32Const(1).Op(Opcode.ReturnCall, 0))
            .Function([], [I32], code => code.I32Const(300).Call(1).I32Const(7).Op(Opcode.I32Mul), export: "run")
            .Instantiate(null, new Imports().Add("host", "add", (int a, int b, int c) => a + b + c), meterFuel);
        Assert.That(instance.RunInt32(), Is.EqualTo(321 * 7));
    }

    [Test]
    public void Instances_TailCallingEachOther_TakeNoStack()
    {
        using var store = new Store(s_shallow);
        var table = new Table(store, new TableType(FuncRef, new Limits(2, null)));
        Instance[] instances =
        [
            .. Enumerable.Range(0, 2).Select(i => new ModuleBuilder()
                .ImportTable("a", "t", 2)
                .Function([I32, I64], [I64], code => Step(code, next => next
                    .I32Const(1 - i).Op(Opcode.ReturnCallIndirect, 0, 0)), export: "run")
                .Instantiate(store, new Imports().Add("a", "t", table), meterFuel)),
        ];
        (table[0], table[1]) = (instances[0].GetFunction("run"), instances[1].GetFunction("run"));
        var run = instances[0].GetFunction("run").CreateDelegate<Func<int, long, long>>();
        Assert.That(run(Many, 7), Is.EqualTo(7L + Many));
    }

    [Test]
    public void Backtrace_OfAFunctionThatWasTailCalled_LacksItsCaller()
    {
        Instance instance = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Unreachable))
            .Function([], [], code => code.Op(Opcode.ReturnCall, 0))
            .Function([], [], code => code.Call(1).Op(Opcode.Nop), export: "run")
            .Instantiate(null, null, meterFuel);
        TrapException trap = Guest.ExpectTrap(() => instance.Run());
        Assert.That(trap.Backtrace.Select(frame => frame.FunctionIndex), Is.EqualTo(new[] { 0, 2 }));
    }

    [TestCase(1, TrapKind.UninitializedElement)]
    [TestCase(9, TrapKind.UndefinedElement)]
    [TestCase(2, TrapKind.IndirectCallTypeMismatch)]
    public void Element_ThatCannotBeTailCalled_Traps(int element, TrapKind expected)
    {
        Instance instance = new ModuleBuilder()
            .Table(3).Elements(2, 0)
            .Function([I32], [], _ => { })
            .Function([], [], code => code.I32Const(element).Op(Opcode.ReturnCallIndirect, 1, 0), export: "run")
            .Instantiate(null, null, meterFuel);
        Assert.That(Guest.TrapOf(() => instance.Run()), Is.EqualTo(expected));
    }

    [Test]
    public void Loop_OfTailCalls_PaysForEach()
    {
        using var store = new Store(s_shallow);
        Instance instance = Countdown(code => code.Op(Opcode.ReturnCall, 0)).Instantiate(store, null, meterFuel: true);
        var run = instance.GetFunction("run").CreateDelegate<Func<int, long, long>>();
        store.FuelRemaining = 1_000;
        Assert.That(Guest.TrapOf(() => run(Many, 0)), Is.EqualTo(TrapKind.OutOfFuel));
        store.FuelRemaining = 1_000_000_000;
        run(100, 0);
        long hundred = 1_000_000_000 - store.FuelRemaining;
        run(200, 0);
        Assert.That(1_000_000_000 - store.FuelRemaining, Is.EqualTo((3 * hundred) - CostOfEnd(run, store)));
    }

    // What the last turn costs, which both runs have.
    private static long CostOfEnd(Func<int, long, long> run, Store store)
    {
        long before = store.FuelRemaining;
        run(0, 0);
        long cost = before - store.FuelRemaining;
        store.FuelRemaining = before;
        return cost;
    }

    // (n, sum): adds one for each turn, and ends with the sum.
    private static ModuleBuilder Countdown(Action<CodeBuilder> callAgain) => new ModuleBuilder()
        .Function([I32, I64], [I64], code => Step(code, callAgain), [I32], export: "run");

    private static void Step(CodeBuilder code, Action<CodeBuilder> callAgain)
    {
        code.LocalGet(0).Op(Opcode.I32Eqz).If().LocalGet(1).Return().End()
            .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalGet(1).I64Const(1).Op(Opcode.I64Add);
        callAgain(code);
    }

    private static TestCaseData Case(string name, ModuleBuilder module) =>
        new TestCaseData(module).SetArgDisplayNames(name);
}
