using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>
/// The compiler leaves out checks of what was checked before. Each case checks an address first in a way that proves
/// nothing about the last access, which is out of bounds.
/// </summary>
[ModeFixture]
internal sealed class ProvenBoundsTests(GuestMode mode) : GuestFixture(mode)
{
    private const uint Address = 0, Rounds = 1;
    private const int Outside = 70_000;
    private const uint Far = 60_000;
    private const int Near = 10_000;

    private static IEnumerable<TestCaseData> Cases()
    {
        yield return Case("a larger offset", Near, c => Load(Load(c, 0), Far));
        yield return Case("the address set", 0, c => Load(Set(Load(c, 0), Outside), 0));
        yield return Case("the address teed", 0, c => Load(
            Load(c, 0).I32Const(Outside).LocalTee(Address).Drop(), 0));
        yield return Case("only in the arm not taken", Near, c => Load(
            Load(c.I32Const(0).If(), Far).End(), Far));
        yield return Case("only in the other arm", Near, c => Load(
            Load(c.I32Const(1).If().Else(), Far).End(), Far));
        yield return Case("set in one arm", 0, c => Load(
            Set(Load(c, 0).I32Const(1).If(), Outside).End(), 0));
        yield return Case("set in the other arm", 0, c => Load(
            Set(Load(c, 0).I32Const(0).If().Else(), Outside).End(), 0));
        yield return Case("set in one arm, checked in both", 0, c => Load(
            Load(Set(Load(c.I32Const(1).If(), 0), Outside).Else(), 0).End(), 0));
        yield return Case("skipped by br_if", Near, c => Load(
            Load(c.Block().I32Const(1).BrIf(0), Far).End(), Far));
        yield return Case("skipped by br_table", Near, c => Load(
            Load(c.Block().Block().I32Const(0).BrTable(1, 0).End().Br(0).End().Block().I32Const(1).BrIf(0), Far).End(),
                Far));
        yield return Case("set before a branch out", 0, c => Load(
            Set(Load(c.Block(), 0), Outside).Br(0).End(), 0));
        yield return Case("set in an inner block", 0, c => Load(
            Set(Load(c, 0).Block().Block().I32Const(0).BrIf(1), Outside).End().End(), 0));
        yield return Case("set at the end of a round", 0, c => Again(
            Set(Load(c.Loop(), 0), Outside)));
        yield return Case("checked before the loop, set in it", 0, c => Again(
            Set(Load(Load(c, 0).Loop(), 0), Outside)));
        yield return Case("set in a loop in a block", 0, c => Load(
            Again(Set(Load(c, 0).Block().I32Const(0).BrIf(0).Loop(), Outside)).End(), 0));
        yield return Case("checked in a loop before, in a loop now", 0, c => Again(Load(
            Set(Load(c.Block().I32Const(0).BrIf(0).Loop(), Far), 0).End().End().Loop(), Far), Near));
        yield return Case("through another local of the same number modulo 64", 0, c => Load(
            Load(c, 0).I32Const(0).LocalSet(64).I32Const(Outside).LocalSet(Address), 0));
        yield return Case("the address while it is pending", 0, c => Set(c.LocalGet(Address), Outside)
            .Access(Opcode.I32Load).Drop().LocalGet(Address).Access(Opcode.I32Load).Drop());
        yield return Case("a wrapping sum", 0, c => Load(c, 0)
            .LocalGet(Address).I32Const(-1).Op(Opcode.I32Add).Access(Opcode.I32Load).Drop());
        yield return Case("a mask that is too wide", 0x1_0000, c => c
            .LocalGet(Address).I32Const(0x1_FFFF).Op(Opcode.I32And).Access(Opcode.I32Load).Drop());
        yield return Case("a mask that ends at the last byte", 0xFFFF, c => c
            .LocalGet(Address).I32Const(0xFFFF).Op(Opcode.I32And).Access(Opcode.I32Load).Drop());
    }

    [TestCaseSource(nameof(Cases))]
    public void Access_AfterAnotherThatDoesNotCoverIt_Traps(Action<CodeBuilder> code, int address)
    {
        Instance instance = new ModuleBuilder()
            .Memory(1)
            .Function([I32], [], code, [.. Enumerable.Repeat(I32, 100)], export: "run")
            .Instantiate();
        var run = instance.GetFunction("run").CreateDelegate<Action<int>>();

        Assert.That(Guest.TrapOf(() => run(address)), Is.EqualTo(TrapKind.OutOfBoundsMemoryAccess));
    }

    private static TestCaseData Case(string name, int address, Action<CodeBuilder> code) =>
        new TestCaseData(code, address).SetArgDisplayNames(name);

    private static CodeBuilder Load(CodeBuilder code, uint offset) =>
        code.LocalGet(Address).Access(Opcode.I32Load, offset).Drop();

    private static CodeBuilder Set(CodeBuilder code, int address) => code.I32Const(address).LocalSet(Address);

    /// <summary>Ends a loop after its second round, with another address in the second where one is given.</summary>
    private static CodeBuilder Again(CodeBuilder code, int? address = null)
    {
        if (address is int next)
        {
            Set(code, next);
        }

        return code.LocalGet(Rounds).I32Const(1).Op(Opcode.I32Add).LocalTee(Rounds)
            .I32Const(2).Op(Opcode.I32LtS).BrIf(0).End();
    }
}
