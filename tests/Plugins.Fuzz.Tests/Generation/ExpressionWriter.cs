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
    internal static readonly ValueKind[] Kinds = [I32, I64, F32, F64];

    private const uint FirstTemporary = 9;
    private const int MostCalls = 2;

    private static readonly Opcode[] s_plain =
        [.. Enum.GetValues<Opcode>().Where(opcode => Info(opcode) is { IsPlain: true, OperandCount: > 0 })];

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

    internal uint LocalOf(ValueKind kind) => IndexOf(kind) + (random.Below(2) == 0 ? 0 : 4u);

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
            default:
                code.F64Const(random.Below(4) == 0 ? BitConverter.UInt64BitsToDouble(bits) : (long)bits / 4d);
                break;
        }
    }

    private void WriteLoad(CodeBuilder code, Opcode load, int depth)
    {
        WriteAddress(code, depth);
        code.Access(load, Offset());
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

        if (Divides(opcode) && random.Below(16) != 0)
        {
            // Never zero.
            code = info.Second is I32 ? code.I32Const(1).Op(Opcode.I32Or) : code.I64Const(1).Op(Opcode.I64Or);
        }

        code.Op(opcode);
        if (info.Result is F32 or F64 && !KeepsBits(opcode))
        {
            Canonicalize(code, info.Result);
        }
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
