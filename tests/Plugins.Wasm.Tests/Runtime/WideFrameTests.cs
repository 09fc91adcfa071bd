using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Frames that are large although the code is short: a two-byte call gives hundreds of values.</summary>
[ModeFixture(Modes = ModeSet.Few)]
internal sealed class WideFrameTests(GuestMode mode) : GuestFixture(mode)
{
    private const int Values = 255;

    [Test]
    public void ShortFunction_OfManyValues_KeepsThemOffTheStack()
    {
        Instance instance = new ModuleBuilder()
            .Function([], [.. Enumerable.Repeat(I64, Values)], code => code.Repeat(Values, one => one.I64Const(1)))
            .Function([], [], code => code.Repeat(58, one => one.Call(0)).Op(Opcode.Unreachable), export: "run")
            .Instantiate();

        Assert.That(StackThread.TrapOf(StackThread.Small, () => instance.Run()), Is.EqualTo(TrapKind.Unreachable));
    }

    [TestCase(256)]
    [TestCase(8 * 1024)]
    public void ShortFunction_OfManyBlockParameters_StaysOffTheStack(int stackKiB)
    {
        ValueKind[] wide = [.. Enumerable.Repeat(I64, Values)];
        Instance instance = new ModuleBuilder()
            .Type(wide, wide)
            .Function([], wide, code => code.Repeat(Values, one => one.I64Const(1)))
            .Function([], [], Nested, export: "run")
            .Instantiate();

        Assert.That(StackThread.TrapOf(stackKiB, () => instance.Run()), Is.EqualTo(TrapKind.Unreachable));
        Assert.That(instance.Module.Functions[1].Tier, Is.EqualTo(CompilationTier.Interpreted));

        // The code that does nothing buys the rest some expansion.
        static void Nested(CodeBuilder code) => code.Repeat(4_000, one => one.Op(Opcode.Nop))
            .Call(0).Repeat(100, one => one.BlockOfType(Opcode.Loop, 0).End()).Op(Opcode.Unreachable);
    }
}
