using System.Buffers.Binary;

namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>Reads the primitive parts of a section of debug information.</summary>
/// <remarks>DWARF 5, section 7. What runs past the end is a <see cref="MalformedModuleException"/>.</remarks>
internal ref struct DwarfReader
{
    private const uint Is64Bit = 0xFFFF_FFFF;
    private const uint FirstReservedLength = 0xFFFF_FFF0;

    private readonly ReadOnlySpan<byte> _bytes;

    public DwarfReader(ReadOnlySpan<byte> bytes, long position = 0)
    {
        _bytes = bytes;
        Position = position >= 0 && position <= bytes.Length
            ? (int)position
            : throw new MalformedModuleException("debug information out of bounds", bytes.Length);
    }

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= _bytes.Length;

    public byte ReadByte() => Position < _bytes.Length ? _bytes[Position++] : throw End();

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(sizeof(ushort)));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));

    /// <summary>Reads a number of that many bytes, little-endian.</summary>
    public ulong ReadNumber(int bytes)
    {
        ulong value = 0;
        ReadOnlySpan<byte> digits = ReadBytes((ulong)bytes);
        for (int i = Math.Min(bytes, sizeof(ulong)) - 1; i >= 0; i--)
        {
            value = (value << 8) | digits[i];
        }

        return value;
    }

    public ReadOnlySpan<byte> ReadBytes(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
        {
            throw End();
        }

        ReadOnlySpan<byte> bytes = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return bytes;
    }

    /// <summary>Reads an unsigned LEB128 number; what does not fit 64 bits is lost.</summary>
    public ulong ReadUnsigned()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = ReadByte();
            value |= shift < 64 ? (ulong)(part & 0x7F) << shift : 0;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Reads a signed LEB128 number; what does not fit 64 bits is lost.</summary>
    public long ReadSigned()
    {
        long value = 0;
        for (int shift = 0; ; )
        {
            byte part = ReadByte();
            value |= shift < 64 ? (long)(part & 0x7F) << shift : 0;
            shift = Math.Min(shift + 7, 64);
            if (part < 0x80)
            {
                return (part & 0x40) != 0 && shift < 64 ? value | (-1L << shift) : value;
            }
        }
    }

    /// <summary>Reads text that a zero ends, and gives where it stands.</summary>
    public DwarfText ReadText(DwarfSection section)
    {
        int length = _bytes[Position..].IndexOf((byte)0);
        if (length < 0)
        {
            throw End();
        }

        DwarfText text = new(section, Position, length);
        Position += length + 1;
        return text;
    }

    /// <summary>Reads the length of what follows, and with it the size of offsets: 4 or 8 bytes.</summary>
    /// <returns>A reader of that only, at its start.</returns>
    /// <remarks>DWARF 5, section 7.4.</remarks>
    public DwarfReader ReadUnit(out int offsetSize)
    {
        ulong length = ReadUInt32();
        offsetSize = length == Is64Bit ? sizeof(ulong) : sizeof(uint);
        length = length == Is64Bit ? ReadUInt64() : length < FirstReservedLength ? length : throw End();
        int start = Position;
        ReadBytes(length);
        return new DwarfReader(_bytes[..Position], start);
    }

    private readonly MalformedModuleException End() => new("unexpected end of debug information", Position);
}
