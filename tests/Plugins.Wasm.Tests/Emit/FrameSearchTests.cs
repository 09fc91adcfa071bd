using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Emit.Support;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit;

/// <summary>Frames that are large for what their code looks like; one that does not fit ends the process.</summary>
[NonParallelizable]
internal sealed class FrameSearchTests
{
    /// <summary>A search in shapes of each operator; <c>eng/attack-compiler.sh</c> makes longer ones, of all.</summary>
    /// <remarks>An operator has four or six shapes, one behind the other, and each part gets at least one.</remarks>
    [TestCase(4_000, 3, 5)]
    [TestCase(40_000, 3, 47)]
    public void Functions_OfEveryShape_FitOrTrap(int bodyBytes, int stacks, int parts)
    {
        ChildProcess child = ChildProcess.RunThis("frames", $"{bodyBytes}", $"{stacks}", "0", $"{parts}");

        Assert.That(child.ExitCode, Is.Zero, child.Output[^Math.Min(child.Output.Length, 1_000)..]);
        Assert.That(child.Output, Does.Contain(" 0 failures"));
    }

    /// <summary>Hidden constants are calls, and each that waits for others took eight bytes of its own.</summary>
    [Test]
    public void Function_OfManyWaitingConstants_HasASmallFrame()
    {
        Module module = new ModuleBuilder()
            .Function([], [], c => c.Repeat(300, sum => sum
                .Repeat(24, one => one.F64Const(0)).Repeat(23, one => one.Op(Opcode.F64Add)).LocalSet(0)), [F64],
                export: "run")
            .Compile();

        new Instance(new Store(), module).Run();

        Assert.That(module.Functions[0].Tier, Is.EqualTo(CompilationTier.Optimized));
        Assert.That(module.Functions[0].FrameBytes, Is.EqualTo(1_500).Within(1_000));
    }

    /// <summary>The estimate that frames used to have was more than this stack, and the frame itself too.</summary>
    [Test]
    public void Function_OfManyIndirectCalls_FitsASmallStack()
    {
        Module module = new ModuleBuilder()
            .Table(1)
            .Elements(0, 1)
            .Function([], [], c => c.Repeat(20_000, one => one.I32Const(0).CallIndirect(0)), export: "run")
            .Function([], [], c => c.Op(Opcode.Nop))
            .Compile();
        using var store = new Store(new StoreOptions { StackBytes = 64 * 1024 });

        Assert.That(() => new Instance(store, module).Run(), Throws.Nothing);
    }

    [Test]
    public void Frame_OfALargeFunction_IsMeasured()
    {
        Module module = new ModuleBuilder()
            .Function([I32], [I32], c => c.Repeat(2_000, one => one.LocalGet(0).Op(Opcode.I32Popcnt).LocalSet(0))
                .LocalGet(0), export: "run")
            .Compile();

        Assert.That(module.Functions[0].FrameBytes, Is.InRange(500, 2_000));
    }

    /// <summary>What comes back with fuel takes a place of its own for each call.</summary>
    [Test]
    public void Frame_OfManyCallsThatReturnFuel_IsMeasured()
    {
        Module module = new ModuleBuilder()
            .Function([], [I64], c => c.I64Const(1))
            .Function([], [], c => c.Repeat(1_100, one => one.Call(0)).Repeat(1_100, one => one.Drop()), export: "run")
            .Compile(meterFuel: true);

        Assert.That(module.Functions[1].FrameBytes, Is.InRange(1_100 * sizeof(long), 48 * 1_024));
    }

    /// <summary>No argument of a guest's is taken for the depth that tells a function to note its frame.</summary>
    [TestCase(int.MinValue)]
    [TestCase(0)]
    public void LargeFunction_CalledWithAnyArgument_Runs(int argument)
    {
        Instance instance = new ModuleBuilder()
            .Function([I32], [I32], c => c.Repeat(2_000, one => one.LocalGet(0).LocalSet(0)).LocalGet(0), export: "run")
            .Instantiate(new Store(new StoreOptions { CallDepth = int.MaxValue }));

        int result = instance.GetFunction("run").CreateDelegate<Func<int, int>>()(argument);

        Assert.That(result, Is.EqualTo(argument));
    }
}
