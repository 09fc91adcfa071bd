using System.Buffers.Binary;

namespace Plugins.Wasm.Text.Writing;

/// <summary>Bytes of the binary format that grow at their end. WebAssembly 3.0, section 5.2.</summary>
internal sealed class ByteWriter
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what was written behind a length.</summary>
    public void CutTo(int length) => Length = length;

    /// <summary>Writes an unsigned LEB128 number.</summary>
    public void Unsigned(ulong value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>Writes an index or a count.</summary>
    public void Index(int value) => Unsigned((uint)value);

    /// <summary>Writes a signed LEB128 number.</summary>
    public void Signed(long value)
    {
        while (value is < -0x40 or >= 0x40)
        {
            Byte((byte)((value & 0x7F) | 0x80));
            value >>= 7;
        }

        Byte((byte)(value & 0x7F));
    }

    public void Fixed32(uint value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(uint);
    }

    public void Fixed64(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    /// <summary>Writes bytes behind their number.</summary>
    public void Vector(ReadOnlySpan<byte> bytes)
    {
        Index(bytes.Length);
        Bytes(bytes);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            int doubled = (int)Math.Min((2L * Length) + 16, Array.MaxLength);
            Array.Resize(ref _bytes, Math.Max(checked(Length + count), doubled));
        }
    }
}
