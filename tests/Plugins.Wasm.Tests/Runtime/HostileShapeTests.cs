using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

/// <summary>Valid modules whose shape makes compilers slow, large or wrong.</summary>
[ModeFixture(StackThread.Small, Modes = ModeSet.Few)]
[ModeFixture(StackThread.Huge, Modes = ModeSet.Compiled)]
[NonParallelizable]
internal sealed class HostileShapeTests(int stackKiB, GuestMode mode) : GuestFixture(mode)
{
    private const int Wide = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Shape("deep operand stack", c => Many(c, 15_000, one => one.LocalGet(0)).Op(Opcode.Unreachable));
        yield return Shape("deep operand stack, summed", c => Many(
            Many(c, 15_000, one => one.LocalGet(0)), 14_999, one => one.Op(Opcode.I32Add)).Drop());
        yield return Folded("additions", 200_000, one => one.LocalGet(0).Op(Opcode.I32Add));
        yield return Folded("loads", 100_000, one => one.Access(Opcode.I32Load));
        yield return Folded("selects", 50_000, one => one.LocalGet(0).LocalGet(0).Op(Opcode.Select));
        yield return Folded("divisions", 50_000, one => one.LocalGet(0).Op(Opcode.I32DivS));
        yield return Repeated("stores", 50_000, one => one.LocalGet(0).LocalGet(0).Access(Opcode.I32Store));
        yield return Repeated("constants", 200_000, one => one.I64Const(long.MinValue).Drop());
        yield return Repeated("blocks", 100_000, one => one.Block().End());
        yield return Repeated("targeted blocks", 50_000, one => one.Block().LocalGet(0).BrIf(0).End());
        yield return Repeated("loops", 20_000, one => one.Loop().End());
        yield return Repeated("loops that may go on", 500, one => one.Loop().LocalGet(0).BrIf(0).End());
        yield return Repeated("arms", 50_000, one => one.LocalGet(0).If().Op(Opcode.Nop).Else().End());
        yield return Repeated("calls", 100_000, one => one.Call(1));
        yield return Repeated("large br_tables", 100, one => one
            .Block().LocalGet(0).BrTable(0, new uint[10_000]).End());
        yield return Repeated("largest br_table", 1, one => one.Block().LocalGet(0).BrTable(0, new uint[65_000]).End());
        yield return Shape("nested blocks", c => Nested(c, 900, Opcode.Block));
        yield return Shape("nested loops", c => Nested(c, 900, Opcode.Loop));
        yield return Shape("branches back to one loop", c => c
            .Loop().Repeat(100_000, one => one.LocalGet(0).BrIf(0)).End());
        yield return Shape("br_tables that share targets", c => c
            .Block().Repeat(30_000, one => one.Block().LocalGet(0).BrTable(0, 1, 0).End()).End());
        yield return Shape("nested loops, all of which may go on", c => c
            .Repeat(800, one => one.Loop())
            .LocalGet(0).If().LocalGet(0).BrTable(0, [.. Enumerable.Range(0, 800).Select(label => (uint)label)]).End()
            .Repeat(800, one => one.End()));
        yield return Functions("functions", 20_000, builder => builder.Function([], [], c => c.Op(Opcode.Nop)));
        yield return Functions(
            "functions of the most locals",
            2_000,
            builder => builder.Function(builder.TypeIndex([], []), [], [(50_000, I64)]));
    }

    [TestCaseSource(nameof(Shapes))]
    public void Module_OfAHostileShape_IsRefusedOrRuns(ModuleBuilder builder) => ExpectRefusalOrRun(builder.Build());

    private static IEnumerable<TestCaseData> WideShapes()
    {
        yield return Wider("calls", 5_000, one => one.Br(0).End().Block().Call(1));
        yield return Wider("calls of what calls gave", 20_000, one => one.Call(2));
        yield return Wider("blocks", 20_000, one => one.BlockOfType(Opcode.Block, 2).End());
        yield return Wider("loops", 20_000, one => one.BlockOfType(Opcode.Loop, 2).End());
        yield return Wider("arms", 10_000, one => one.LocalGet(0).BlockOfType(Opcode.If, 2).Else().End());
        yield return Wider("branches", 10_000, one => one.BlockOfType(Opcode.Block, 2).LocalGet(0).BrIf(0).End());
        yield return Wider("br_tables", 200, one => one
            .BlockOfType(Opcode.Block, 2).LocalGet(0).BrTable(0, new uint[1_000]).End());
        yield return Case("br_tables to many blocks", c => NestedWide(c, 200, inner => inner
            .Call(1).LocalGet(0).BrTable(0, [.. Enumerable.Range(0, 200).Select(i => (uint)i)])));
    }

    [TestCaseSource(nameof(WideShapes))]
    public void Module_OfWideTypes_IsRefusedOrRuns(Action<CodeBuilder> code)
    {
        ValueKind[] wide = [.. Enumerable.Repeat(I32, Wide)];
        byte[] module = new ModuleBuilder()
            .Type([], [])
            .Type([], wide)
            .Type(wide, wide)
            .Memory(1)
            .Function([], [], code, [I32], export: "run")
            .Function([], wide, c => c.Repeat(Wide, one => one.I32Const(1)))
            .Function(wide, wide, c => c.Repeat(Wide, one => one.I32Const(1)))
            .Build();

        ExpectRefusalOrRun(module);
    }

    // On the huge stack the function runs whatever its frame; on the small one, compilers that recurse would overflow.
    private void ExpectRefusalOrRun(byte[] binary)
    {
        TimeSpan began = Environment.CpuUsage.TotalTime;
        string outcome = StackThread.Run(stackKiB, () => Outcome(binary));

        TestContext.Out.WriteLine(outcome);
        Assert.That(Environment.CpuUsage.TotalTime - began, Is.LessThan(Patience));
    }

    private string Outcome(byte[] binary)
    {
        try
        {
            using var store = new Store(new StoreOptions { StackBytes = stackKiB * 1024 });
            new Instance(store, Guest.Compile(binary)).Run();
            return "It ran.";
        }
        catch (WasmException refusal)
        {
            return refusal.Message;
        }
    }

    private static TestCaseData Case(string name, object shape) => new TestCaseData(shape).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, Action<CodeBuilder> code) => Case(name, (object)code);

    private static TestCaseData Shape(string name, Action<CodeBuilder> code) => Case(name, Body(code));

    private static TestCaseData Repeated(string name, int count, Action<CodeBuilder> one) =>
        Case(name, Body(code => Many(code, count, one)));

    /// <summary>Starts with a number and turns it into another again and again.</summary>
    private static TestCaseData Folded(string name, int count, Action<CodeBuilder> one) =>
        Case(name, Body(code => Many(code.LocalGet(0), count, one).Drop()));

    /// <summary>Starts with a thousand numbers and turns them into others again and again.</summary>
    private static TestCaseData Wider(string name, int count, Action<CodeBuilder> one) =>
        Case(name, code => Many(code.Block().Call(1), count, one).Br(0).End());

    private static TestCaseData Functions(string name, int count, Action<ModuleBuilder> add)
    {
        ModuleBuilder builder = Body(code => code.Call(1));
        for (int i = 0; i < count; i++)
        {
            add(builder);
        }

        return Case(name, builder);
    }

    private static ModuleBuilder Body(Action<CodeBuilder> code) => new ModuleBuilder()
        .Memory(1)
        .Function([], [], code, [I32], export: "run")
        .Function([], [], empty => empty.Op(Opcode.Nop));

    private static CodeBuilder Many(CodeBuilder code, int count, Action<CodeBuilder> one) => code.Repeat(count, one);

    private static void Nested(CodeBuilder code, int depth, Opcode opcode)
    {
        code.Repeat(depth, one => one.Op(opcode, 0x40));
        code.LocalGet(0).Drop();
        code.Repeat(depth, one => one.End());
    }

    private static void NestedWide(CodeBuilder code, int depth, Action<CodeBuilder> inner)
    {
        code.Block();
        code.Repeat(depth, one => one.BlockOfType(Opcode.Block, 1));
        inner(code);
        code.Repeat(depth - 1, one => one.End().Br(0));
        code.End().Br(0).End();
    }
}
