using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>Nested calls end with a trap, never with the process, however small the thread's stack is.</summary>
internal sealed class StackTests(TestedEngine tested) : EngineContract(tested)
{
    private const int SmallStack = 256 * 1024;
    private const int PoolStack = 1536 * 1024;
    private const int MainStack = 8 << 20;

    [Test]
    public void Recursion_OnAnyThread_Traps(
        [Values(SmallStack, PoolStack, MainStack)] int stackBytes,
        [Values("lean", "wide", "mutual", "indirect", "through the host")] string way,
        [Values(2_000, 1_000_000)] int callDepth)
    {
        ThreadSet.Run(1, _ =>
        {
            var instance = Recursive(Limits with { CallDepth = callDepth });
            for (var round = 0; round < 3; round++)
            {
                Assert.That(TrapOf(() => instance.Run(way)), Is.EqualTo(TrapCode.CallStackExhausted));
                Assert.That(instance.Run("seven"), Is.EqualTo(7));
            }
        }, stackBytes);
    }

    [Test]
    public void Recursion_InStart_Traps([Values(SmallStack, MainStack)] int stackBytes) => ThreadSet.Run(1, _ =>
    {
        var instance = Create(new ModuleBuilder().Function([], [], code => code.Call(0).Op(Opcode.Nop)).Start(0));
        Assert.That(TrapOf(() => instance.Instantiate([])), Is.EqualTo(TrapCode.CallStackExhausted));
    }, stackBytes);

    [Test]
    public void Import_CalledFromTheDeepestFrame_HasStackToRunOn([Values(SmallStack, PoolStack)] int stackBytes)
    {
        var calls = 0;
        ThreadSet.Run(1, _ =>
        {
            var instance = Instantiate(
                new ModuleBuilder().ImportFunction(Host, "f", [], [I32])
                    .Function([], [I32], code => code.Call(0).Drop().Call(1).Call(0).Op(Opcode.I32Add), export: "run"),
                Import("f", new Func<int>(() => calls += Format(calls).Length > 0 ? 1 : 0)));
            Assert.That(TrapOf(() => instance.Run()), Is.EqualTo(TrapCode.CallStackExhausted));
        }, stackBytes);
        Assert.That(calls, Is.Positive);
    }

    [TestCase(20)]
    [TestCase(500)]
    public void Call_WithinTheDepth_Returns(int depth)
    {
        var instance = Descending(depth, Limits with { CallDepth = depth + 2 });
        Assert.That(instance.Run(), Is.EqualTo(depth));
    }

    [TestCase(20)]
    [TestCase(500)]
    public void Call_DeeperThanTheDepth_TrapsIfTheEngineCountsIt(int depth)
    {
        var instance = Descending(depth, Limits with { CallDepth = depth - 2 });
        if (Traits.CountsCallDepth)
        {
            Assert.That(TrapOf(() => instance.Run()), Is.EqualTo(TrapCode.CallStackExhausted));
        }
        else
        {
            Assert.That(instance.Run(), Is.EqualTo(depth));
        }
    }

    [Test]
    public void Stack_OfAnInstance_IsItsOwnIfTheEngineCountsCalls()
    {
        var little = DeepestOf(Limits with { CallDepth = 1_000_000, StackBytes = 64 * 1024 });
        var more = DeepestOf(Limits with { CallDepth = 1_000_000, StackBytes = 512 * 1024 });
        Assert.That(more, Traits.CountsCallDepth ? Is.GreaterThan(2 * little) : Is.EqualTo(little));
    }

    [Test]
    public void Exhaustion_CaughtByTheHost_LetsTheOuterCallGoOn()
    {
        IEngineInstance? instance = null;
        TrapCode? inner = null;
        instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32])
                .Function([], [I32], code => code.Call(0).I32Const(35).Op(Opcode.I32Add), export: "run")
                .Function([], [], code => code.Call(2).Op(Opcode.Nop), export: "recurse"),
            Import("f", new Func<int>(() =>
            {
                inner = TrapOf(() => instance!.Act("recurse"));
                return 7;
            })));
        Assert.That(instance.Run(), Is.EqualTo(42));
        Assert.That(inner, Is.EqualTo(TrapCode.CallStackExhausted));
    }

    private static string Format(int value) => string.Create(null, $"{value:D100} {value * 1.5:F60}");

    private int DeepestOf(EngineLimits limits)
    {
        var instance = Instantiate(
            new ModuleBuilder().Memory(1, export: "memory")
                .Function([], [], export: "run", code: code => code
                    .I32Const(0).I32Const(0).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add)
                    .Access(Opcode.I32Store).Call(0).Op(Opcode.Nop)),
            limits);
        TrapOf(() => instance.Act("run"));
        return instance.ReadInt32(0);
    }

    private IEngineInstance Descending(int depth, EngineLimits limits) => Instantiate(
        new ModuleBuilder()
            .Function([I32], [I32], code => code
                .LocalGet(0).If(I32)
                .LocalGet(0).I32Const(1).Op(Opcode.I32Sub).Call(0).I32Const(1).Op(Opcode.I32Add)
                .Else().I32Const(0).End())
            .Function([], [I32], code => code.I32Const(depth).Call(0), export: "run"),
        limits);

    private IEngineInstance Recursive(EngineLimits limits)
    {
        IEngineInstance? instance = null;
        var module = new ModuleBuilder()
            .ImportFunction(Host, "again", [], [I32])
            .Table(1)
            .Elements(0, 5)
            .Function([], [I32], code => code.Call(1).I32Const(1).Op(Opcode.I32Add), export: "lean")
            .Function([], [I32], Wide, [.. Enumerable.Repeat(I64, 500)], export: "wide")
            .Function([], [I32], code => code.Call(4).I32Const(1).Op(Opcode.I32Add), export: "mutual")
            .Function([], [I32], code => code.Call(3).I32Const(1).Op(Opcode.I32Add))
            .Function([], [I32], export: "indirect", code: code => code
                .I32Const(0).CallIndirect(0).I32Const(1).Op(Opcode.I32Add))
            .Function([], [I32], code => code.Call(0).I32Const(1).Op(Opcode.I32Add), export: "through the host")
            .Function([], [I32], code => code.I32Const(7), export: "seven");
        instance = Instantiate(module, limits, Import("again", new Func<int>(() => instance!.Run("through the host"))));
        return instance;
    }

    // All of the locals live across the call, so that they take up the frame.
    private static void Wide(CodeBuilder code)
    {
        for (uint local = 0; local < 500; local++)
        {
            code.I64Const(local).LocalSet(local);
        }

        code.Call(2);
        for (uint local = 0; local < 500; local++)
        {
            code.LocalGet(local).Op(Opcode.I32WrapI64).Op(Opcode.I32Add);
        }
    }
}
