using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// The compiler holds values back until they are used. Each case changes something in between that a value depends on,
/// or lets other values claim the place it waits in. The parameters are 10 and 0.
/// </summary>
[ModeFixture]
internal sealed class PendingOperandTests(GuestMode mode) : GuestFixture(mode)
{
    private const uint Ten = 0, Nought = 1, First = 2, Second = 3, Rounds = 4;
    private const uint OneToOne = 0, TwoToTwo = 1;

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("an if's parameter after an arm that ends nowhere", 15, c => MinusSelected(
            Fifteen(c).LocalGet(Nought).BlockOfType(Opcode.If, OneToOne).Drop().Op(Opcode.Unreachable).End()));
        yield return Case("a loop's parameter after the loop", 15, c => MinusSelected(
            Fifteen(c).BlockOfType(Opcode.Loop, OneToOne).End()));
        yield return Case("a block's parameter after the block", 15, c => MinusSelected(
            Fifteen(c).BlockOfType(Opcode.Block, OneToOne).End()));
        yield return Case("a loop's parameters, swapped by each of three rounds", -10, c => c
            .LocalGet(Ten).LocalGet(Nought)
            .BlockOfType(Opcode.Loop, TwoToTwo).LocalSet(Second).LocalSet(First).LocalGet(Second).LocalGet(First)
            .LocalGet(Rounds).I32Const(1).Op(Opcode.I32Add).LocalTee(Rounds).I32Const(3).Op(Opcode.I32LtU).BrIf(0).End()
            .Op(Opcode.I32Sub));
        yield return Case("a local set after it was read", 10, c => c
            .LocalGet(Ten).I32Const(3).LocalSet(Ten).LocalGet(Ten).Drop());
        yield return Case("a local set in an arm after it was read", 10, c => c
            .LocalGet(Ten).I32Const(1).If().I32Const(3).LocalSet(Ten).End());
        yield return Case("a global set after it was read", 7, c => c
            .GlobalGet(0).I32Const(3).GlobalSet(0));
        yield return Case("a global set by a call after it was read", 7, c => c
            .GlobalGet(0).Call(0));
        yield return Case("a byte stored over after it was loaded", 0, c => c
            .I32Const(8).Access(Opcode.I32Load).I32Const(8).I32Const(3).Access(Opcode.I32Store));
        yield return Case("the size of a memory that grows", 1, c => c
            .Op(Opcode.MemorySize, 0).I32Const(1).Op(Opcode.MemoryGrow, 0).Drop());
        yield return Case("a value that a branch not taken would have brought", 15, c => MinusSelected(
            Fifteen(c.Block(I32)).LocalGet(Nought).BrIf(0).End()));
        yield return Case("more values than are held back", 100, c => c
            .Repeat(100, one => one.LocalGet(Nought).I32Const(1).Op(Opcode.I32Add)).I32Const(9).LocalSet(Nought)
            .Repeat(99, one => one.Op(Opcode.I32Add)));
    }

    [TestCaseSource(nameof(Cases))]
    public void Value_UsedLater_IsWhatItWas(Action<CodeBuilder> code, int expected)
    {
        Instance instance = new ModuleBuilder()
            .Type([I32], [I32])
            .Type([I32, I32], [I32, I32])
            .Memory(1, 4)
            .Global(I32, isMutable: true, c => c.I32Const(7))
            .Function([], [], c => c.I32Const(3).GlobalSet(0))
            .Function([I32, I32], [I32], code, [I32, I32, I32], export: "run")
            .Instantiate();

        Assert.That(instance.GetFunction("run").CreateDelegate<Func<int, int, int>>()(10, 0), Is.EqualTo(expected));
    }

    private static TestCaseData Case(string name, int expected, Action<CodeBuilder> code) =>
        new TestCaseData(code, expected).SetArgDisplayNames(name);

    private static CodeBuilder Fifteen(CodeBuilder code) => code.LocalGet(Ten).I32Const(5).Op(Opcode.I32Add);

    /// <summary>Takes away a selected zero, which needs a temporary of its own.</summary>
    private static CodeBuilder MinusSelected(CodeBuilder code) =>
        code.LocalGet(Nought).I32Const(1).LocalGet(Ten).Op(Opcode.Select).Op(Opcode.I32Sub);
}
