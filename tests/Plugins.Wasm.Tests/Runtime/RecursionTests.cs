using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[ModeFixture(StackThread.Small, false)]
[ModeFixture(StackThread.Small, true)]
[ModeFixture(StackThread.Main, false)]
[ModeFixture(StackThread.Main, true)]
internal sealed class RecursionTests(int stackKiB, bool meterFuel, GuestMode mode) : GuestFixture(mode)
{
    private const int ManyLocals = 50_000;

    [Test]
    public void Function_CallingItself_ExhaustsTheStack() => ExpectExhaustion(
        new ModuleBuilder().Function([], [], code => code.Call(0).Op(Opcode.Nop), export: "run"));

    [Test]
    public void Function_CallingItselfInTailPosition_ExhaustsTheStack() => ExpectExhaustion(
        new ModuleBuilder().Function([I32], [I32], code => code.LocalGet(0).Call(0))
            .Function([], [], code => code.I32Const(1).Call(0).Drop(), export: "run"));

    [Test]
    public void Functions_CallingEachOther_ExhaustTheStack() => ExpectExhaustion(new ModuleBuilder()
        .Function([], [], code => code.Call(1), export: "run")
        .Function([], [], code => code.Call(0)));

    [Test]
    public void Function_CallingItselfThroughATable_ExhaustsTheStack() => ExpectExhaustion(new ModuleBuilder()
        .Table(1)
        .Elements(0, 0)
        .Function([], [], code => code.I32Const(0).CallIndirect(0), export: "run"));

    [Test]
    public void Function_CallingItselfThroughTheHost_ExhaustsTheStack() => ExpectExhaustion(
        new ModuleBuilder()
            .ImportFunction("host", "again", [], [])
            .Function([], [], code => code.Call(0).Op(Opcode.Nop), export: "run"),
        new Imports().Add("host", "again", (Instance caller) => caller.Run()));

    [Test]
    public void Function_WithManyLocalsInUse_ExhaustsTheStack() => ExpectExhaustion(
        new ModuleBuilder().Function(
            [], [], code => UseLocals(code.Call(0), 2_000), [.. Enumerable.Repeat(I64, 2_000)], export: "run"));

    [Test]
    public void Function_WithManyParameters_ExhaustsTheStack()
    {
        ValueKind[] parameters = [.. Enumerable.Repeat(F64, 900)];
        ExpectExhaustion(new ModuleBuilder()
            .Function(parameters, [], code => PassOn(code, 900).Call(0))
            .Function([], [], code => code.Repeat(900, one => one.F64Const(1)).Call(0), export: "run"));
    }

    [Test]
    public void Function_WithTheMostLocals_CallingItself_ExhaustsTheStack() => ExpectExhaustion(
        new ModuleBuilder().Function([], [], code => UseLocals(code.Call(0), ManyLocals), Locals(), export: "run"));

    [TestCase(0)]
    [TestCase(500)]
    public void Function_WithTheMostLocals_CalledAtADepth_Returns(int depth)
    {
        Instance instance = new ModuleBuilder()
            .Function([], [I64], code => UseLocals(code, ManyLocals).LocalGet(ManyLocals - 1), Locals())
            .Function([I32], [I64], code => code
                .LocalGet(0).Op(Opcode.I32Eqz).If(I64).Call(0)
                .Else().LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(1).End())
            .Function([], [I64], code => code.I32Const(depth).Call(1), export: "run")
            .Instantiate(new Store(new StoreOptions { StackBytes = 6 << 20 }), meterFuel: meterFuel);
        long result = 0;

        TrapKind? trap = StackThread.TrapOf(
            stackKiB, () => result = instance.GetFunction("run").CreateDelegate<Func<long>>()());

        // A frame of 400 KB fits the budget, whatever the thread's stack: it is the interpreter's.
        Assert.That(trap, Is.Null);
        Assert.That(result, Is.EqualTo(ManyLocals - 1));
    }

    [Test]
    public void Functions_FirstCalledAtEveryDepth_AreCompiledWithinTheStack()
    {
        // Enough for the smaller stack; they take long where each is compiled by itself.
        uint functions = Mode == GuestMode.Compiled ? 3_000u : 500;
        ModuleBuilder builder = new ModuleBuilder()
            .Type([I32], [I32])
            .Table(functions)
            .Elements(0, [.. Enumerable.Range(1, (int)functions).Select(index => (uint)index)])
            .Function([I32], [I32], export: "down", code: code => code
                .LocalGet(0).LocalGet(0).CallIndirect(0).I32Const((int)functions).Op(Opcode.I32RemU).Call(0));
        for (int i = 0; i < functions; i++)
        {
            builder.Function([I32], [I32], NextAfterBranches);
        }

        Instance instance = builder.Instantiate(meterFuel: meterFuel);
        var down = instance.GetFunction("down").CreateDelegate<Func<int, int>>();

        Assert.That(StackThread.TrapOf(stackKiB, () => down(0)), Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [Test]
    public void StartFunction_CallingItself_ExhaustsTheStack()
    {
        ModuleBuilder builder = new ModuleBuilder().Function([], [], code => code.Call(0).Op(Opcode.Nop)).Start(0);

        Assert.That(
            StackThread.TrapOf(stackKiB, () => builder.Instantiate(meterFuel: meterFuel)),
            Is.EqualTo(TrapKind.CallStackExhausted));
    }

    [Test]
    public void Budget_SmallerThanTheStack_TrapsEarlier()
    {
        Assert.That(DepthReached(32 * 1024), Is.LessThan(DepthReached(128 * 1024)));

        int DepthReached(int stackBytes)
        {
            using var store = new Store(new StoreOptions { StackBytes = stackBytes });
            int depth = 0;
            Instance instance = new ModuleBuilder()
                .ImportFunction("host", "count", [], [])
                .Function([], [], code => code.Call(0).Call(1).Op(Opcode.Nop), export: "run")
                .Instantiate(store, new Imports().Add("host", "count", () => { depth++; }), meterFuel);
            Assert.That(StackThread.TrapOf(stackKiB, () => instance.Run()), Is.EqualTo(TrapKind.CallStackExhausted));
            return depth;
        }
    }

    private void ExpectExhaustion(ModuleBuilder builder, Imports? imports = null)
    {
        builder.Function([], [I32], code => code.I32Const(7), export: "seven");
        Instance instance = builder.Instantiate(imports: imports, meterFuel: meterFuel);

        TrapKind?[] traps = [.. Enumerable.Range(0, 3).Select(_ => StackThread.TrapOf(stackKiB, () => instance.Run()))];

        Assert.That(traps, Is.All.EqualTo(TrapKind.CallStackExhausted));
        Assert.That(StackThread.Run(stackKiB, () => instance.RunInt32("seven")), Is.EqualTo(7));
    }

    // Adds one, in a way that gives the just-in-time compiler some work.
    private static void NextAfterBranches(CodeBuilder code) => code
        .Repeat(40, one => one.Block())
        .Repeat(40, one => one.LocalGet(0).BrIf(0).LocalGet(0).I32Const(3).Op(Opcode.I32Mul).LocalSet(0).End())
        .LocalGet(0).I32Const(1).Op(Opcode.I32Add);

    private static ValueKind[] Locals() => [.. Enumerable.Repeat(I64, ManyLocals)];

    /// <summary>Gives every local its own value, the last one from the first, so that each needs its place.</summary>
    private static CodeBuilder UseLocals(CodeBuilder code, int count)
    {
        code.I64Const(0).LocalSet(0);
        for (uint local = 1; local < count; local++)
        {
            code.LocalGet(local - 1).I64Const(1).Op(Opcode.I64Add).LocalSet(local);
        }

        return code;
    }

    private static CodeBuilder PassOn(CodeBuilder code, uint parameters)
    {
        for (uint local = 0; local < parameters; local++)
        {
            code.LocalGet(local);
        }

        return code;
    }
}
