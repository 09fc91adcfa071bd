using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Support;

/// <summary>
/// Writes instructions: <c>code.LocalGet(0).I32Const(1).Op(Opcode.I32Add)</c>. What has no method of its own is
/// <see cref="Op"/> with its immediates as unsigned numbers.
/// </summary>
internal sealed class CodeBuilder
{
    private const int EmptyBlock = 0x40;
    private readonly ByteWriter _writer = new();

    /// <summary>The bytes of what <paramref name="write"/> writes, without a final <c>end</c>.</summary>
    public static byte[] Bytes(Action<CodeBuilder> write)
    {
        CodeBuilder code = new();
        write(code);
        return code.ToArray();
    }

    public byte[] ToArray() => _writer.ToArray();

    public CodeBuilder Op(Opcode opcode, params ReadOnlySpan<uint> immediates)
    {
        if (OpcodeTable.IsVector(opcode))
        {
            bool isRelaxed = (int)opcode >> 8 == OpcodeTable.RelaxedPage;
            _writer.Byte(OpcodeTable.VectorPrefix).UInt32(((uint)opcode & 0xFF) + (isRelaxed ? 0x100u : 0));
        }
        else if ((int)opcode > byte.MaxValue)
        {
            _writer.Byte((int)opcode >> 8).UInt32((uint)opcode & 0xFF);
        }
        else
        {
            _writer.Byte((int)opcode);
        }

        foreach (uint immediate in immediates)
        {
            _writer.UInt32(immediate);
        }

        return this;
    }

    public CodeBuilder Raw(params ReadOnlySpan<byte> bytes)
    {
        _writer.Bytes(bytes);
        return this;
    }

    /// <summary>Writes the same code <paramref name="count"/> times.</summary>
    public CodeBuilder Repeat(int count, Action<CodeBuilder> write)
    {
        byte[] bytes = Bytes(write);
        for (int i = 0; i < count; i++)
        {
            Raw(bytes);
        }

        return this;
    }

    public CodeBuilder LocalGet(uint index) => Op(Opcode.LocalGet, index);

    public CodeBuilder LocalSet(uint index) => Op(Opcode.LocalSet, index);

    public CodeBuilder LocalTee(uint index) => Op(Opcode.LocalTee, index);

    public CodeBuilder GlobalGet(uint index) => Op(Opcode.GlobalGet, index);

    public CodeBuilder GlobalSet(uint index) => Op(Opcode.GlobalSet, index);

    public CodeBuilder I32Const(int value)
    {
        Op(Opcode.I32Const);
        _writer.Int64(value);
        return this;
    }

    public CodeBuilder I64Const(long value)
    {
        Op(Opcode.I64Const);
        _writer.Int64(value);
        return this;
    }

    public CodeBuilder F32Const(float value)
    {
        Op(Opcode.F32Const);
        _writer.Fixed32(BitConverter.SingleToUInt32Bits(value));
        return this;
    }

    public CodeBuilder F64Const(double value)
    {
        Op(Opcode.F64Const);
        _writer.Fixed64(BitConverter.DoubleToUInt64Bits(value));
        return this;
    }

    public CodeBuilder V128Const(Vector128<byte> value)
    {
        Span<byte> bytes = stackalloc byte[Vector128<byte>.Count];
        value.CopyTo(bytes);
        return Op(Opcode.V128Const).Raw(bytes);
    }

    /// <summary>A constant zero or null of any kind.</summary>
    public CodeBuilder Zero(ValueKind kind) => kind switch
    {
        ValueKind.I32 => I32Const(0),
        ValueKind.I64 => I64Const(0),
        ValueKind.F32 => F32Const(0),
        ValueKind.F64 => F64Const(0),
        ValueKind.V128 => V128Const(default),
        _ => RefNull(kind),
    };

    public CodeBuilder RefNull(ValueKind kind) => Op(Opcode.RefNull, (uint)kind);

    public CodeBuilder Call(uint function) => Op(Opcode.Call, function);

    public CodeBuilder CallIndirect(uint type, uint table = 0) => Op(Opcode.CallIndirect, type, table);

    /// <summary>A load or store, with its natural alignment unless told otherwise.</summary>
    public CodeBuilder Access(Opcode opcode, uint offset = 0, uint? alignment = null) =>
        Op(opcode, alignment ?? (uint)int.Log2(OpcodeTable.Get(opcode).AccessBytes), offset);

    /// <summary>A load or store of a memory by its index.</summary>
    public CodeBuilder AccessOf(uint memory, Opcode opcode, ulong offset = 0)
    {
        uint alignment = (uint)int.Log2(OpcodeTable.Get(opcode).AccessBytes);
        return Op(opcode, alignment | 0x40, memory).Raw(new ByteWriter().UInt64(offset).ToArray());
    }

    public CodeBuilder Block(ValueKind? result = null) => Begin(Opcode.Block, result);

    public CodeBuilder Loop(ValueKind? result = null) => Begin(Opcode.Loop, result);

    public CodeBuilder If(ValueKind? result = null) => Begin(Opcode.If, result);

    /// <summary>A block, loop or if of the type at an index.</summary>
    public CodeBuilder BlockOfType(Opcode opcode, uint type)
    {
        Op(opcode);
        _writer.Int64(type);
        return this;
    }

    public CodeBuilder Else() => Op(Opcode.Else);

    public CodeBuilder End() => Op(Opcode.End);

    public CodeBuilder Br(uint label) => Op(Opcode.Br, label);

    public CodeBuilder BrIf(uint label) => Op(Opcode.BrIf, label);

    public CodeBuilder BrTable(uint defaultLabel, params ReadOnlySpan<uint> labels)
    {
        Op(Opcode.BrTable, (uint)labels.Length);
        foreach (uint label in labels)
        {
            _writer.UInt32(label);
        }

        _writer.UInt32(defaultLabel);
        return this;
    }

    public CodeBuilder Return() => Op(Opcode.Return);

    public CodeBuilder Drop() => Op(Opcode.Drop);

    public CodeBuilder SelectTyped(params ValueKind[] kinds)
    {
        Op(Opcode.SelectTyped);
        _writer.Kinds(kinds);
        return this;
    }

    private CodeBuilder Begin(Opcode opcode, ValueKind? result)
    {
        Op(opcode);
        _writer.Byte(result is ValueKind kind ? (int)kind : EmptyBlock);
        return this;
    }
}
