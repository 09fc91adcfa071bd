using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>
/// The cost of a module is in proportion to its bytes. Bounds are many times what was measured, and are tried again on
/// a busy machine, so that only another order of growth fails them.
/// </summary>
internal sealed class ValidationCostTests
{
    private const int Attempts = 100;

    [TestCaseSource(nameof(Repetitions))]
    public void Validate_ThirtyTwoTimesTheCode_CostsAboutAsMuchMore(Func<int, byte[]> build) =>
        AssertRatio(build(2_000), build(64_000), 32 * 5);

    // The same bytes but for the number of values that each instruction takes and gives.
    [TestCaseSource(nameof(Arities))]
    public void Validate_AThousandValuesAtATime_CostsNotMuchMoreThanOne(Func<int, byte[]> build) =>
        AssertRatio(build(1), build(1_000), 50);

    private static IEnumerable<TestCaseData> Repetitions() =>
    [
        Case("operators", count => Body(code => code.Repeat(count, one => one.I32Const(1).Drop()))),
        Case("blocks", count => Body(code => code.Repeat(count, one => one.Block().End()))),
        Case("unreachable code", count =>
            Body(code => code.Op(Opcode.Unreachable).Repeat(count, one => one.Op(Opcode.Select).Drop()))),
        Case("functions", Functions),
        Case("runs of locals", Locals),
        Case("exports", Exports),
        Case("branch targets", count =>
            Body(code => code.I32Const(0).BrTable(0, [.. Enumerable.Repeat(0u, count)]))),
    ];

    private static IEnumerable<TestCaseData> Arities() =>
    [
        Case("branch", arity => Body(
            code => Zeros(code, arity).Repeat(20_000, one => one.I32Const(0).BrIf(0)), arity)),
        Case("block", arity => Body(
            code => Zeros(code, arity).Repeat(20_000, one => one.BlockOfType(Opcode.Block, 0).End()), arity)),
        Case("call", arity => Body(code => Zeros(code, arity).Repeat(20_000, one => one.Call(0)), arity)),
        Case("branch table", arity => Body(
            code => Zeros(code, arity).I32Const(0).BrTable(0, [.. Enumerable.Repeat(0u, 20_000)]), arity)),
        Case("branch table over an unknown", arity => Body(
            code => Zeros(code.Op(Opcode.Unreachable).Op(Opcode.Select), arity - 1).I32Const(0)
                .BrTable(0, [.. Enumerable.Repeat(0u, 20_000)]),
            arity)),
    ];

    private static TestCaseData Case(string name, Func<int, byte[]> build) =>
        new TestCaseData(build).SetArgDisplayNames(name);

    private static byte[] Body(Action<CodeBuilder> code) => new ModuleBuilder().Function([], [], code).Build();

    // A function that takes and gives as many, for calls and as the type of blocks.
    private static byte[] Body(Action<CodeBuilder> code, int arity)
    {
        ValueKind[] kinds = [.. Enumerable.Repeat(I32, arity)];
        return new ModuleBuilder().ImportFunction("env", "same", kinds, kinds).Function([], kinds, code).Build();
    }

    private static CodeBuilder Zeros(CodeBuilder code, int count) => code.Repeat(count, one => one.I32Const(0));

    private static byte[] Functions(int count)
    {
        ModuleBuilder module = new();
        uint type = module.TypeIndex([], []);
        for (int i = 0; i < count; i++)
        {
            module.Function(type, []);
        }

        return module.Build();
    }

    private static byte[] Locals(int count)
    {
        ModuleBuilder module = new();
        int runs = Math.Min(count, 49_000);
        byte[] code = CodeBuilder.Bytes(body => body.Repeat(count, one => one.LocalGet((uint)(runs - 1)).Drop()));
        return module.Function(
            module.TypeIndex([], []),
            code,
            [.. Enumerable.Range(0, runs).Select(i => (1u, i % 2 == 0 ? I32 : I64))]).Build();
    }

    private static byte[] Exports(int count)
    {
        ModuleBuilder module = new ModuleBuilder().Memory(1);
        for (int i = 0; i < count; i++)
        {
            module.Export($"{i}", ExternKind.Memory, 0);
        }

        return module.Build();
    }

    private static void AssertRatio(byte[] small, byte[] large, double bound)
    {
        Assert.That(Verdict.Of(large), Is.EqualTo(Verdict.Valid));
        double smallest = double.MaxValue;
        double largest = double.MaxValue;
        for (int i = 0; i < Attempts && (i < 3 || largest / smallest >= bound); i++)
        {
            smallest = Math.Min(smallest, TimeOf(small));
            largest = Math.Min(largest, TimeOf(large));
        }

        Assert.That(largest / smallest, Is.LessThan(bound));
    }

    private static double TimeOf(byte[] wasm)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        Verdict.Of(wasm);
        return (Environment.CpuUsage.TotalTime - start).TotalMicroseconds;
    }
}
