using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>Code for which the runtime's compiler takes long, in pieces of any size.</summary>
/// <remarks>
/// Locals 0 to 63 are of the kind <c>i32</c>, the next <c>f64</c>; all hold what the compiler cannot know. Type 0 takes
/// and gives nothing, type 1 takes and gives <see cref="Width"/> numbers; functions 0 and 1 are of these types.
/// </remarks>
internal static class CompilerShapes
{
    public const int Width = 100;
    public const int Numbers = 64;
    public const int Floats = 64;

    private const uint WideType = 1;

    /// <summary>Each writes about as many of its parts as it is told.</summary>
    public static (string Name, Action<CodeBuilder, int> Write)[] All { get; } =
    [
        ("straight", (code, n) => For(code, n, Straight)),
        ("dispatch", (code, n) => Dispatch(code, n, swaps: 1, loops: true)),
        ("dispatch of many swaps", (code, n) => Dispatch(code, n, swaps: 4, loops: true)),
        ("arms that leave", (code, n) => Dispatch(code, n, swaps: 1, loops: false)),
        ("loops", (code, n) => For(code, n, (c, i) => Countdown(c.Loop(), i).BrIf(0).End())),
        ("loops in a loop", (code, n) => Countdown(
            For(code.Loop(), n, (c, i) => Countdown(c.Loop(), i).BrIf(0).End()), 0).BrIf(0).End()),
        ("loops over memory", (code, n) => For(code, n, (c, i) => Countdown(Copy(c.Loop(), i), i).BrIf(0).End())),
        ("loops with arms", (code, n) => For(code, n / 8, (c, i) =>
            Countdown(For(c.Loop(), 8, Arm), i).BrIf(0).End())),
        ("nests of loops", (code, n) => For(code, n / 12, (c, i) => Nest(c, 12, i))),
        ("nested loops", (code, n) => Nest(code, n, 0)),
        ("branches to one loop", (code, n) => For(code.Loop(), n, SwapAndBranch).End()),
        ("branches to one block", (code, n) => For(code.Block(), n, SwapAndBranch).End()),
        ("nested blocks", NestedBlocks),
        ("nested arms", (code, n) => For(
            For(code, n, (c, i) => c.LocalGet(Number(i)).I32Const(i).Op(Opcode.I32LtS).If()),
            n,
            (c, i) => Swap(c, i).End())),
        ("arms", (code, n) => For(code, n, Arm)),
        ("arms in a loop", (code, n) => Countdown(For(code.Loop(), n, Arm), 0).BrIf(0).End()),
        ("arms of constants", (code, n) => For(code, n, (c, i) => c
            .LocalGet(Number(i)).If().I32Const(i).LocalSet(Number(i * 3)).End())),
        ("comparisons", (code, n) => For(code, n, (c, i) => Straight(
            c.LocalGet(0).I32Const(i * 3).Op(Opcode.I32LtS).If(), i).End())),
        ("tables of the same targets", (code, n) => Tables(code, n, n)),
        ("few tables of many targets", (code, n) => Tables(code, 4, n)),
        ("many tables of few targets", (code, n) => Tables(code, n, 8)),
        ("one table of few targets", (code, n) => Table(
            code.Repeat(8, one => one.Block()), [.. Enumerable.Range(0, n).Select(i => (uint)i % 8)])
            .Repeat(8, one => one.End())),
        ("selects", (code, n) => For(code, n, (c, i) => c.LocalGet(Number(i)).LocalGet(Number(i + 3))
            .LocalGet(Number(i + 5)).Op(Opcode.Select).LocalSet(Number(i * 7)))),
        ("pending constants", (code, n) => For(code, n, (c, i) => c.Repeat(24, one => one.F64Const(0))
            .Repeat(23, one => one.Op(Opcode.F64Add)).LocalSet(Float(i)))),
        ("pending results", (code, n) => For(code, n, (c, i) => c.LocalGet(Float(i))
            .Repeat(60, one => one.Op(Opcode.F64Floor)).LocalSet(Float(i + 1)))),
        ("calls", (code, n) => For(code, n, (c, i) => Straight(c.Call(0), i))),
        ("indirect calls", (code, n) => For(code, n, (c, i) => c.LocalGet(Number(i)).CallIndirect(0))),
        ("wide calls", (code, n) => Wide(code, n, (c, _) => c.Call(1))),
        ("wide indirect calls", (code, n) => Wide(code, n, (c, _) => c.I32Const(0).CallIndirect(WideType))),
        ("wide blocks", (code, n) => Wide(code, n, (c, i) => c
            .BlockOfType(Opcode.Block, WideType).LocalGet(Number(i)).BrIf(0).End())),
        ("wide loops", (code, n) => Wide(code, n, (c, i) => c
            .BlockOfType(Opcode.Loop, WideType).LocalGet(Number(i)).BrIf(0).End())),
        ("loads", (code, n) => For(code, n, (c, i) => c
            .LocalGet(Number(i)).Access(Opcode.I32Load, (uint)i * 4).LocalSet(Number(i * 7)))),
        ("copies", (code, n) => For(code, n, (c, i) => Copy(c, i))),
        ("divisions", (code, n) => For(code, n, (c, i) => c.LocalGet(Number(i)).LocalGet(Number(i + 3))
            .Op(Opcode.I32DivS).LocalSet(Number(i * 7)))),
        ("expressions", (code, n) => For(code, n, (c, i) => For(c.LocalGet(Number(i)), 60, (sum, j) => sum
            .LocalGet(Number(j)).Op(Opcode.I32Xor)).LocalSet(Number(i * 7)))),
        ("equal expressions", (code, n) => For(code, n, (c, i) => c
            .LocalGet(0).LocalGet(Number(i % 8)).Op(Opcode.I32Mul)
            .If().LocalGet(Number(i % 16)).LocalGet(1).Op(Opcode.I32Mul).LocalSet(Number(32 + (i % 32))).End())),
        ("conversions", (code, n) => For(code, n, (c, i) => c
            .LocalGet(Float(i)).Op(Opcode.I32TruncF64S).LocalSet(Number(i * 7)))),
        ("minimums", (code, n) => For(code, n, (c, i) => c
            .LocalGet(Float(i)).LocalGet(Float(i + 5)).Op(Opcode.F64Min).LocalSet(Float(i * 7)))),
        ("rotations", (code, n) => For(code, n, (c, i) => c
            .LocalGet(Number(i)).LocalGet(Number(i + 3)).Op(Opcode.I32Rotl).LocalSet(Number(i * 7)))),
        ("bulk copies", (code, n) => For(code, n, (c, i) => c
            .LocalGet(0).LocalGet(1).LocalGet(Number(i)).Op(Opcode.MemoryCopy, 0, 0))),
        ("traps", (code, n) => For(code, n, (c, i) => c.LocalGet(Number(i)).If().Op(Opcode.Unreachable).End())),
        ("globals", (code, n) => For(code, n, (c, i) => c.GlobalGet(0).I32Const(i).Op(Opcode.I32Add).GlobalSet(0))),
    ];

    private static uint Number(int index) => (uint)(index % Numbers);

    private static uint Float(int index) => (uint)(Numbers + (index % Floats));

    private static CodeBuilder For(CodeBuilder code, int count, Func<CodeBuilder, int, CodeBuilder> one)
    {
        for (int i = 0; i < count; i++)
        {
            one(code, i);
        }

        return code;
    }

    private static CodeBuilder Straight(CodeBuilder code, int i) =>
        code.LocalGet(Number(i)).I32Const(i).Op(Opcode.I32Add).LocalSet(Number(i * 7));

    private static CodeBuilder Swap(CodeBuilder code, int i)
    {
        (uint one, uint other) = (Number(i), Number(i + 1 + (i / Numbers * 7)));
        return code.LocalGet(one).LocalGet(other).LocalSet(one).LocalSet(other);
    }

    private static CodeBuilder SwapAndBranch(CodeBuilder code, int i) =>
        Swap(code, i).LocalGet(Number(i)).BrIf(0);

    private static CodeBuilder Arm(CodeBuilder code, int i) => Swap(code.LocalGet(Number(i)).If(), i * 3).End();

    private static CodeBuilder Copy(CodeBuilder code, int i) => code
        .LocalGet(Number(i)).LocalGet(Number(i + 5)).Access(Opcode.I32Load, 4).Access(Opcode.I32Store, 8);

    private static CodeBuilder Countdown(CodeBuilder code, int i) =>
        code.LocalGet(Number(i)).I32Const(1).Op(Opcode.I32Sub).LocalTee(Number(i));

    /// <summary>A <c>br_table</c> to as many arms, each of which swaps locals.</summary>
    private static void Dispatch(CodeBuilder code, int arms, int swaps, bool loops)
    {
        code.Loop().Block().Repeat(arms + 1, one => one.Block());
        Table(code, [.. Enumerable.Range(0, arms).Select(arm => (uint)arm)]).End();
        for (int i = 0; i < arms; i++)
        {
            For(code, swaps, (c, j) => Swap(c, (i * swaps) + j)).Br((uint)(arms - i + (loops ? 1 : 0))).End();
        }

        code.End().End();
    }

    /// <summary>Tables next to one another that go to the same blocks.</summary>
    private static void Tables(CodeBuilder code, int tables, int targets)
    {
        code.Repeat(targets, one => one.Block());
        uint[] labels = [.. Enumerable.Range(1, targets).Select(label => (uint)label % (uint)targets)];
        For(code, tables, (c, i) => Table(c.Block(), labels, Number(i)).End());
        For(code, targets, (c, i) => Straight(c, i).End());
    }

    private static CodeBuilder Table(CodeBuilder code, uint[] labels, uint selector = 0) =>
        code.LocalGet(selector).BrTable(0, labels);

    private static CodeBuilder Nest(CodeBuilder code, int depth, int first)
    {
        code.Repeat(depth, one => one.Loop());
        For(code, depth, (c, i) => c.LocalGet(Number(first + i)).BrIf((uint)i));
        return For(code, depth, (c, i) => Straight(c, first + i).End());
    }

    private static void NestedBlocks(CodeBuilder code, int depth)
    {
        code.Repeat(depth, one => one.Block());
        For(code, depth, (c, i) => c.LocalGet(Number(i)).BrIf((uint)i));
        For(code, depth, (c, i) => Straight(c, i).End());
    }

    private static CodeBuilder Wide(CodeBuilder code, int count, Func<CodeBuilder, int, CodeBuilder> one) =>
        For(For(code, Width, (c, i) => c.LocalGet(Number(i))), count, one).Repeat(Width, drop => drop.Drop());
}
