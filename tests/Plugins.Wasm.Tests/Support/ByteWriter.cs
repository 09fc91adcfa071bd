using System.Buffers.Binary;
using System.Text;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Support;

/// <summary>Writes the primitives of the binary format.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => [.. _bytes];

    public ByteWriter Byte(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public ByteWriter Bytes(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public ByteWriter UInt32(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((int)(value & 0x7F) | 0x80);
        }

        return Byte((int)value);
    }

    public ByteWriter Int64(long value)
    {
        for (; value is < -64 or > 63; value >>= 7)
        {
            Byte((int)(value & 0x7F) | 0x80);
        }

        return Byte((int)(value & 0x7F));
    }

    public ByteWriter Fixed32(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    public ByteWriter Fixed64(ulong value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return Bytes(bytes);
    }

    public ByteWriter Name(string name) => Sized(Encoding.UTF8.GetBytes(name));

    /// <summary>The length, then the bytes.</summary>
    public ByteWriter Sized(ReadOnlySpan<byte> bytes) => UInt32((uint)bytes.Length).Bytes(bytes);

    public ByteWriter Kinds(IReadOnlyCollection<ValueKind> kinds)
    {
        UInt32((uint)kinds.Count);
        foreach (ValueKind kind in kinds)
        {
            Byte((int)kind);
        }

        return this;
    }

    public ByteWriter Limits(uint minimum, uint? maximum)
    {
        Byte(maximum is null ? 0 : 1).UInt32(minimum);
        return maximum is uint most ? UInt32(most) : this;
    }

    /// <summary>Limits of 64 bits.</summary>
    public ByteWriter LongLimits(ulong minimum, ulong? maximum)
    {
        Byte(maximum is null ? 4 : 5).UInt64(minimum);
        return maximum is ulong most ? UInt64(most) : this;
    }

    public ByteWriter UInt64(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((int)(value & 0x7F) | 0x80);
            value >>= 7;
        }

        return Byte((int)value);
    }
}
