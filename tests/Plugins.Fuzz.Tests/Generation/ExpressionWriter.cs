using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Random expressions of a type, from everything an <see cref="ExpressionModule"/> has.</summary>
/// <remarks>
/// A NaN that arithmetic made is replaced by one and the same, since its bits are up to the processor (WebAssembly 2.0,
/// section 4.3.3); what only moves or reinterprets a value is left as it is.
/// </remarks>
internal sealed class ExpressionWriter(SeededBytes random, uint function)
{
    internal static readonly ValueKind[] Kinds = [I32, I64, F32, F64, V128];

    /// <summary>The first local after those of each kind, of which there are two.</summary>
    internal const uint FirstOther = 10;

    private const uint FirstTemporary = FirstOther + 1;
    private const int MostCalls = 2;

    private static readonly Opcode[] s_plain =
        [.. Enum.GetValues<Opcode>().Where(opcode => Info(opcode) is { IsPlain: true, OperandCount: > 0 })
            .Where(opcode => opcode < Opcode.I8x16RelaxedSwizzle)];

    private static readonly ILookup<ValueKind, Opcode> s_operators =
        s_plain.Where(opcode => Info(opcode).AccessBytes == 0).ToLookup(opcode => Info(opcode).Result);

    private static readonly ILookup<ValueKind, Opcode> s_loads =
        s_plain.Where(opcode => Info(opcode) is { AccessBytes: > 0, HasResult: true })
            .ToLookup(opcode => Info(opcode).Result);

    private static readonly Opcode[] s_stores =
        [.. s_plain.Where(opcode => Info(opcode) is { AccessBytes: > 0, HasResult: false })];

    private static readonly ulong[] s_numbers =
    [
        0, 1, 2, 5, 31, 32, 63, 64, 127, 128, 255, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
    ];

    // Those that processors have instructions for, and any.
    private static readonly byte[]?[] s_shuffles =
    [
        [0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23],
        [8, 9, 24, 25, 10, 11, 26, 27, 12, 13, 28, 29, 14, 15, 30, 31],
        [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11],
        [0, 17, 2, 19, 4, 21, 6, 23, 8, 25, 10, 27, 12, 29, 14, 31],
        [15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30],
        [31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16],
        null,
        null,
    ];

    private int _calls;

    internal void Write(CodeBuilder code, ValueKind kind, int depth)
    {
        switch (depth <= 0 ? 0 : random.Below(16))
        {
            case 0 or 1:
                WriteLeaf(code, kind);
                break;
            case 2 or 3:
                WriteLoad(code, Pick(s_loads[kind]), depth);
                break;
            case 4:
                WriteSelect(code, kind, depth);
                break;
            case 5:
                WriteIf(code, kind, depth);
                break;
            case 6:
                WriteBlock(code, kind, depth);
                break;
            case 7:
                Write(code, kind, depth - 1);
                code.LocalTee(LocalOf(kind));
                break;
            case 8 when _calls < MostCalls && function > 0:
                WriteCall(code, kind);
                break;
            default:
                WriteOperator(code, Pick(s_operators[kind]), depth);
                break;
        }
    }

    internal void WriteStore(CodeBuilder code, int depth)
    {
        Opcode store = s_stores[random.Below(s_stores.Length)];
        WriteAddress(code, depth);
        Write(code, Info(store).Second, depth - 1);
        code.Access(store, Offset());
        WriteLane(code, store);
    }

    internal void WriteAddress(CodeBuilder code, int depth)
    {
        Write(code, I32, depth - 1);
        if (random.Below(200) != 0)
        {
            // At times up to the end of the first page and a little beyond it.
            code.I32Const(random.Below(10) == 0 ? 0xFFFF : 0x0FFF).Op(Opcode.I32And);
        }
    }

    internal uint LocalOf(ValueKind kind) => IndexOf(kind) + (random.Below(2) == 0 ? 0 : (uint)Kinds.Length);

    private static uint IndexOf(ValueKind kind) => (uint)Array.IndexOf(Kinds, kind);

    private static OpcodeInfo Info(Opcode opcode) => OpcodeTable.Get(opcode);

    private uint Offset() => random.Below(4) == 0 ? (uint)random.Below(300) : 0;

    private void WriteLeaf(CodeBuilder code, ValueKind kind)
    {
        switch (random.Below(5))
        {
            case 0 or 1:
                WriteConstant(code, kind);
                break;
            case 2:
                code.GlobalGet(IndexOf(kind));
                break;
            default:
                code.LocalGet(LocalOf(kind));
                break;
        }
    }

    private void WriteConstant(CodeBuilder code, ValueKind kind)
    {
        ulong bits = random.Below(3) == 0 ? random.Next() : s_numbers[random.Below(s_numbers.Length)];
        switch (kind)
        {
            case I32:
                code.I32Const((int)bits);
                break;
            case I64:
                code.I64Const((long)bits);
                break;
            case F32:
                code.F32Const(random.Below(4) == 0 ? BitConverter.UInt32BitsToSingle((uint)bits) : (int)bits / 4f);
                break;
            case F64:
                code.F64Const(random.Below(4) == 0 ? BitConverter.UInt64BitsToDouble(bits) : (long)bits / 4d);
                break;
            default:
                code.V128Const(VectorOf(bits));
                break;
        }
    }

    private Vector128<byte> VectorOf(ulong bits) => random.Below(4) switch
    {
        0 => Vector128.Create((byte)bits),
        1 => Vector128.Create((int)bits / 4f).AsByte(),
        2 => Vector128.Create((long)bits / 4d, (int)bits).AsByte(),
        _ => Vector128.Create(bits, random.Next()).AsByte(),
    };

    private void WriteLoad(CodeBuilder code, Opcode load, int depth)
    {
        WriteAddress(code, depth);
        if (Info(load).OperandCount > 1)
        {
            Write(code, Info(load).Second, depth - 1);
        }

        code.Access(load, Offset());
        WriteLane(code, load);
    }

    /// <summary>Writes what follows an instruction on vectors: a lane, or those of a shuffle.</summary>
    private void WriteLane(CodeBuilder code, Opcode opcode)
    {
        switch (Info(opcode).Immediate)
        {
            case ImmediateKind.Lane or ImmediateKind.MemoryLane:
                code.Raw((byte)random.Below(OpcodeTable.LanesOf(opcode)));
                break;
            case ImmediateKind.Vector:
                code.Raw([.. s_shuffles[random.Below(s_shuffles.Length)] ?? Array.ConvertAll(
                    random.Take(Vector128<byte>.Count), lane => (byte)(lane % (2 * Vector128<byte>.Count)))]);
                break;
        }
    }

    private void WriteSelect(CodeBuilder code, ValueKind kind, int depth)
    {
        Write(code, kind, depth - 1);
        Write(code, kind, depth - 1);
        Write(code, I32, depth - 2);
        code.Op(Opcode.Select);
    }

    private void WriteIf(CodeBuilder code, ValueKind kind, int depth)
    {
        Write(code, I32, depth - 2);
        code.If(kind);
        Write(code, kind, depth - 1);
        code.Else();
        Write(code, kind, depth - 1);
        code.End();
    }

    private void WriteBlock(CodeBuilder code, ValueKind kind, int depth)
    {
        code.Block(kind);
        Write(code, kind, depth - 1);
        Write(code, I32, depth - 2);
        code.BrIf(0).Drop();
        Write(code, kind, depth - 1);
        code.End();
    }

    // Only to functions of lower numbers, so that nothing recurses; the table holds the first three.
    private void WriteCall(CodeBuilder code, ValueKind kind)
    {
        _calls++;
        bool isIndirect = function >= ExpressionModule.TableFunctions && random.Below(2) == 0;
        uint callee = (uint)random.Below((int)function);
        Array.ForEach(Kinds, parameter => Write(code, parameter, depth: 1));
        ValueKind result = ExpressionModule.ResultOf(callee);
        if (isIndirect)
        {
            Write(code, I32, depth: 1);
            code.I32Const(random.Below(20) == 0 ? 7 : 3).Op(Opcode.I32And);
            code.CallIndirect(ExpressionModule.TypeOf(result));
        }
        else
        {
            code.Call(callee);
        }

        Convert(code, result, kind);
    }

    private void Convert(CodeBuilder code, ValueKind from, ValueKind to)
    {
        if (from != to)
        {
            code.LocalSet(LocalOf(from));
            WriteLeaf(code, to);
        }
    }

    private void WriteOperator(CodeBuilder code, Opcode opcode, int depth)
    {
        if (MayTrap(opcode) && random.Below(32) != 0)
        {
            WriteLeaf(code, Info(opcode).Result);
            return;
        }

        OpcodeInfo info = Info(opcode);
        Write(code, info.First, depth - 1);
        if (info.OperandCount > 1)
        {
            Write(code, info.Second, depth - 1);
        }

        if (info.OperandCount > 2)
        {
            Write(code, info.Third, depth - 1);
        }

        if (Divides(opcode) && random.Below(16) != 0)
        {
            // Never zero.
            code = info.Second is I32 ? code.I32Const(1).Op(Opcode.I32Or) : code.I64Const(1).Op(Opcode.I64Or);
        }

        code.Op(opcode);
        WriteLane(code, opcode);
        if (info.Result is F32 or F64 && !KeepsBits(opcode))
        {
            Canonicalize(code, info.Result);
        }
        else if (MakesFloats(opcode))
        {
            CanonicalizeLanes(code, Opcode.F32x4Eq, Vector128.Create(float.NaN).AsByte());
        }
        else if (MakesDoubles(opcode))
        {
            CanonicalizeLanes(code, Opcode.F64x2Eq, Vector128.Create(double.NaN).AsByte());
        }
    }

    private static bool MakesFloats(Opcode opcode) => opcode is Opcode.F32x4DemoteF64x2Zero
        or (>= Opcode.F32x4Ceil and <= Opcode.F32x4Nearest) or (>= Opcode.F32x4Sqrt and <= Opcode.F32x4Max);

    private static bool MakesDoubles(Opcode opcode) => opcode is Opcode.F64x2PromoteLowF32x4
        or Opcode.F64x2Ceil or Opcode.F64x2Floor or Opcode.F64x2Trunc or Opcode.F64x2Nearest
        or (>= Opcode.F64x2Sqrt and <= Opcode.F64x2Max);

    private static void CanonicalizeLanes(CodeBuilder code, Opcode equal, Vector128<byte> nan)
    {
        const uint temporary = FirstTemporary + 2;
        code.LocalTee(temporary).V128Const(nan).LocalGet(temporary).LocalGet(temporary).Op(equal)
            .Op(Opcode.V128Bitselect);
    }

    private static bool Divides(Opcode opcode) => opcode
        is (>= Opcode.I32DivS and <= Opcode.I32RemU) or (>= Opcode.I64DivS and <= Opcode.I64RemU);

    private static bool MayTrap(Opcode opcode) => opcode
        is Opcode.I32TruncF32S or Opcode.I32TruncF32U or Opcode.I32TruncF64S or Opcode.I32TruncF64U
        or Opcode.I64TruncF32S or Opcode.I64TruncF32U or Opcode.I64TruncF64S or Opcode.I64TruncF64U;

    private static bool KeepsBits(Opcode opcode) => opcode
        is Opcode.F32Abs or Opcode.F32Neg or Opcode.F32Copysign or Opcode.F32ReinterpretI32
        or Opcode.F64Abs or Opcode.F64Neg or Opcode.F64Copysign or Opcode.F64ReinterpretI64;

    private static void Canonicalize(CodeBuilder code, ValueKind kind)
    {
        uint temporary = FirstTemporary + (kind is F32 ? 0 : 1u);
        code.LocalTee(temporary);
        code = kind is F32 ? code.F32Const(float.NaN) : code.F64Const(double.NaN);
        code.LocalGet(temporary).LocalGet(temporary).Op(kind is F32 ? Opcode.F32Eq : Opcode.F64Eq).Op(Opcode.Select);
    }

    private Opcode Pick(IEnumerable<Opcode> opcodes)
    {
        Opcode[] all = [.. opcodes];
        return all[random.Below(all.Length)];
    }
}
