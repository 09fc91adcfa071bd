using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Emit.Support;

/// <summary>Code that makes frames large: every operator, every type, and whatever carries many values.</summary>
/// <remarks>
/// Locals: 0 is <c>i32</c>, and from <see cref="Locals"/> on there is one of each kind. Function <see cref="Wide"/>
/// takes <see cref="Width"/> numbers and gives as many; type 0 is its type, type 1 takes and gives nothing. Function
/// <see cref="WideVectors"/> of type 2 does so with vectors.
/// </remarks>
internal static class FrameShapes
{
    public const int Width = 1_000;
    public const uint Wide = 1;
    public const uint WideVectors = 6;
    public const uint Locals = 1;

    // Beyond the 48 that the emitter holds back, and beyond any processor's registers.
    private const int Pending = 60;

    private static readonly ValueKind[] s_kinds = [I32, I64, F32, F64, V128, FuncRef, ExternRef];

    /// <summary>The kinds of the locals that shapes use.</summary>
    public static IEnumerable<ValueKind> LocalKinds => s_kinds;

    /// <summary>Each is repeated until a body is as large as it shall be.</summary>
    public static IEnumerable<(string Name, Action<CodeBuilder> Write)> All() =>
        [.. Operators(), .. Accesses(), .. Values(), .. Blocks(), .. Calls()];

    private static IEnumerable<(string, Action<CodeBuilder>)> Operators()
    {
        foreach (Opcode opcode in Enum.GetValues<Opcode>())
        {
            OpcodeInfo info = OpcodeTable.Get(opcode);
            if (!info.IsPlain || info.AccessBytes > 0 || info.OperandCount == 0)
            {
                continue;
            }

            foreach ((string source, Action<CodeBuilder, ValueKind> push) in Sources())
            {
                yield return ($"{opcode} of {source}, pending", code => Reduced(code, opcode, info, push));
                if (info.Result == info.First)
                {
                    yield return ($"{opcode} of {source}, nested", code => Nested(code, opcode, info, push));
                }
            }
        }
    }

    /// <summary>Results of an operator wait for one another before they are dropped, the last one first.</summary>
    private static void Reduced(
        CodeBuilder code, Opcode opcode, OpcodeInfo info, Action<CodeBuilder, ValueKind> push)
    {
        for (int i = 0; i < Pending; i++)
        {
            push(code, info.First);
            PushOthers(code, info, push);
            WriteOperator(code, opcode, info);
        }

        code.Repeat(Pending, one => one.LocalSet(LocalOf(info.Result)));
    }

    /// <summary>The operator's operands are results of its own.</summary>
    private static void Nested(
        CodeBuilder code, Opcode opcode, OpcodeInfo info, Action<CodeBuilder, ValueKind> push)
    {
        push(code, info.First);
        for (int i = 0; i < Pending; i++)
        {
            PushOthers(code, info, push);
            WriteOperator(code, opcode, info);
        }

        code.LocalSet(LocalOf(info.Result));
    }

    private static void PushOthers(CodeBuilder code, OpcodeInfo info, Action<CodeBuilder, ValueKind> push)
    {
        if (info.OperandCount > 1)
        {
            push(code, info.Second);
        }

        if (info.OperandCount > 2)
        {
            push(code, info.Third);
        }
    }

    private static void WriteOperator(CodeBuilder code, Opcode opcode, OpcodeInfo info)
    {
        code.Op(opcode);
        switch (info.Immediate)
        {
            case ImmediateKind.Lane:
                code.Raw(1);
                break;
            case ImmediateKind.Vector:
                // In no order that is an instruction of its own.
                code.Raw(19, 4, 30, 1, 8, 8, 27, 0, 15, 16, 2, 22, 13, 31, 5, 9);
                break;
        }
    }

    private static IEnumerable<(string, Action<CodeBuilder, ValueKind>)> Sources()
    {
        yield return ("locals", (code, kind) => code.LocalGet(LocalOf(kind)));
        yield return ("zeros", (code, kind) => code.Zero(kind));
        yield return ("odd constants", OddConstant);
    }

    // Those that are hidden from the optimiser, and others that no instruction holds.
    private static void OddConstant(CodeBuilder code, ValueKind kind)
    {
        switch (kind)
        {
            case I32:
                code.I32Const(0x1234_5678);
                break;
            case I64:
                code.I64Const(0x1234_5678_9ABC_DEF0);
                break;
            case F32:
                code.F32Const(float.NaN);
                break;
            case V128:
                code.V128Const(Vector128.Create(0x1234_5678_9ABC_DEF0, 0x0FED_CBA9_8765_4321).AsByte());
                break;
            default:
                code.F64Const(double.NaN);
                break;
        }
    }

    private static IEnumerable<(string, Action<CodeBuilder>)> Accesses()
    {
        foreach (Opcode opcode in Enum.GetValues<Opcode>())
        {
            OpcodeInfo info = OpcodeTable.Get(opcode);
            if (info.AccessBytes > 0)
            {
                yield return ($"{opcode}", info.HasResult
                    ? code => code.Repeat(Pending, one => WriteAccess(PushAccessed(one, info), opcode, info))
                        .Repeat(Pending, one => one.LocalSet(LocalOf(info.Result)))
                    : code => code.Repeat(Pending, one => PushAccessed(one, info))
                        .Repeat(Pending, one => WriteAccess(one, opcode, info)));
            }
        }
    }

    private static CodeBuilder PushAccessed(CodeBuilder code, OpcodeInfo info) =>
        info.OperandCount == 1 ? code.LocalGet(0) : code.LocalGet(0).LocalGet(LocalOf(info.Second));

    private static void WriteAccess(CodeBuilder code, Opcode opcode, OpcodeInfo info)
    {
        code.Access(opcode);
        if (info.Immediate == ImmediateKind.MemoryLane)
        {
            code.Raw(1);
        }
    }

    private static IEnumerable<(string, Action<CodeBuilder>)> Values()
    {
        foreach (ValueKind kind in s_kinds)
        {
            uint local = LocalOf(kind);
            yield return ($"select of {kind}", code => code
                .Repeat(Pending, one => one.LocalGet(local).LocalGet(local).LocalGet(0).SelectTyped(kind))
                .Repeat(Pending, one => one.LocalSet(local)));
            yield return ($"blocks that give {kind}", code => code
                .Repeat(Pending, one => one.Block(kind).LocalGet(local).LocalGet(0).BrIf(0).End())
                .Repeat(Pending, one => one.LocalSet(local)));
            yield return ($"arms that give {kind}", code => code
                .Repeat(Pending, one => one.LocalGet(0).If(kind).LocalGet(local).Else().Zero(kind).End())
                .Repeat(Pending, one => one.LocalSet(local)));
        }

        yield return ("ref.func", code => code
            .Repeat(Pending, one => one.Op(Opcode.RefFunc, Wide))
            .Repeat(Pending, one => one.LocalSet(LocalOf(FuncRef))));
        yield return ("table.get", code => code
            .Repeat(Pending, one => one.LocalGet(0).Op(Opcode.TableGet, 0))
            .Repeat(Pending, one => one.LocalSet(LocalOf(FuncRef))));
        yield return ("table.set", code => code.LocalGet(0).LocalGet(LocalOf(FuncRef)).Op(Opcode.TableSet, 0));
        yield return ("memory.size and memory.grow", code => code
            .Repeat(Pending, one => one.Op(Opcode.MemorySize, 0).Op(Opcode.MemoryGrow, 0))
            .Repeat(Pending, one => one.LocalSet(0)));
        yield return ("memory.copy", code => code.LocalGet(0).LocalGet(0).LocalGet(0).Op(Opcode.MemoryCopy, 0, 0));
    }

    private static IEnumerable<(string, Action<CodeBuilder>)> Blocks()
    {
        yield return ("br_table", code => code.Block().Block().LocalGet(0).BrTable(0, 1, 0, 1).End().End());
        yield return ("loops", code => code.Loop().LocalGet(0).BrIf(0).End());
        yield return ("wide blocks", code => WideValues(code).BlockOfType(Opcode.Block, 0).LocalGet(0).BrIf(0).End()
            .Repeat(Width, one => one.Drop()));
        yield return ("wide loops", code => WideValues(code).BlockOfType(Opcode.Loop, 0).LocalGet(0).BrIf(0).End()
            .Repeat(Width, one => one.Drop()));
        yield return ("wide blocks of vectors", code => WideOfVectors(code).BlockOfType(Opcode.Block, 2)
            .LocalGet(0).BrIf(0).End().Repeat(Width, one => one.Drop()));
        yield return ("wide loops of vectors", code => WideOfVectors(code).BlockOfType(Opcode.Loop, 2)
            .LocalGet(0).BrIf(0).End().Repeat(Width, one => one.Drop()));
        yield return ("wide arms", code => WideValues(code).LocalGet(0).BlockOfType(Opcode.If, 0).Else().End()
            .Repeat(Width, one => one.Drop()));
        yield return ("wide br_table", code => WideValues(code)
            .BlockOfType(Opcode.Block, 0).BlockOfType(Opcode.Block, 0).LocalGet(0).BrTable(0, 1, 0).End().End()
            .Repeat(Width, one => one.Drop()));
    }

    private static IEnumerable<(string, Action<CodeBuilder>)> Calls()
    {
        yield return ("calls", code => code.Call(0));
        yield return ("indirect calls", code => code.LocalGet(0).CallIndirect(1));
        yield return ("wide calls", code => WideValues(code).Call(Wide).Repeat(Width, one => one.Drop()));
        yield return ("wide calls of vectors", code => WideOfVectors(code).Call(WideVectors)
            .Repeat(Width, one => one.Drop()));
        yield return ("wide indirect calls of vectors", code => WideOfVectors(code).LocalGet(0).CallIndirect(2)
            .Repeat(Width, one => one.Drop()));
        yield return ("wide calls of wide calls", code => WideValues(code).Repeat(8, one => one.Call(Wide))
            .Repeat(Width, one => one.Drop()));
        yield return ("wide indirect calls", code => WideValues(code).LocalGet(0).CallIndirect(0)
            .Repeat(Width, one => one.Drop()));
    }

    private static CodeBuilder WideValues(CodeBuilder code) => code.Repeat(Width, one => one.I64Const(1));

    private static CodeBuilder WideOfVectors(CodeBuilder code) =>
        code.Repeat(Width, one => one.LocalGet(LocalOf(V128)));

    private static uint LocalOf(ValueKind kind) => Locals + (uint)Array.IndexOf(s_kinds, kind);
}
