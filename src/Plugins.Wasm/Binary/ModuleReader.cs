using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plugins.Wasm.Binary;

/// <summary>Reads the primitive parts of a module, strictly; every failure carries the offset in the module.</summary>
/// <remarks>Positions count from the first byte of the module. WebAssembly 2.0, sections 5.1 to 5.3.</remarks>
internal ref partial struct ModuleReader
{
    private const string TooLarge = "integer too large";
    private const string TooLong = "integer representation too long";

    /// <summary>UTF-8 that throws where bytes are no text.</summary>
    public static readonly UTF8Encoding StrictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Reads <paramref name="bytes"/>, the module's first, from <paramref name="position"/>.</summary>
    public ModuleReader(ReadOnlySpan<byte> bytes, int position = 0)
    {
        _bytes = bytes;
        _position = position;
    }

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    public readonly bool IsAtEnd => _position >= _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte ReadByte()
    {
        int position = _position;
        if ((uint)position >= (uint)_bytes.Length)
        {
            throw End();
        }

        _position = position + 1;
        return _bytes[position];
    }

    public readonly byte PeekByte() => (uint)_position < (uint)_bytes.Length ? _bytes[_position] : throw End();

    public void Skip(int count) => ReadBytes(count);

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if ((uint)count > (uint)Remaining)
        {
            throw End();
        }

        ReadOnlySpan<byte> bytes = _bytes.Slice(_position, count);
        _position += count;
        return bytes;
    }

    /// <summary>Reads four bytes, little-endian.</summary>
    public uint ReadFixed32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(sizeof(uint)));

    /// <summary>Reads eight bytes, little-endian.</summary>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong)));

    /// <summary>Reads a LEB128 number of at most 32 bits.</summary>
    /// <remarks>WebAssembly 2.0, section 5.2.2.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32()
    {
        // Nearly every number in nearly every module is one byte.
        int position = _position;
        if ((uint)position < (uint)_bytes.Length && _bytes[position] < 0x80)
        {
            _position = position + 1;
            return _bytes[position];
        }

        return ReadLongUInt32();
    }

    /// <summary>Reads a LEB128 number of at most 64 bits.</summary>
    public ulong ReadUInt64() => TryReadFew(out uint value, out _) ? value : ReadUnsigned(64);

    /// <summary>Reads a signed LEB128 number of at most 32 bits.</summary>
    public int ReadInt32() => TryReadFew(out uint value, out int bits)
        ? (int)(value << (32 - bits)) >> (32 - bits)
        : (int)ReadSigned(32);

    /// <summary>Reads a signed LEB128 number of at most 33 bits, as block types are.</summary>
    public long ReadInt33() => ReadSigned(33);

    /// <summary>Reads a signed LEB128 number of at most 64 bits.</summary>
    public long ReadInt64() => TryReadFew(out uint value, out int bits)
        ? (long)((ulong)value << (64 - bits)) >> (64 - bits)
        : ReadSigned(64);

    /// <summary>Reads a length in bytes or in items of at least a byte, which must be there.</summary>
    public int ReadLength()
    {
        int offset = _position;
        uint length = ReadUInt32();
        return length <= (uint)Remaining
            ? (int)length
            : throw new MalformedModuleException("length out of bounds", offset);
    }

    /// <summary>Reads how many items follow, when <paramref name="present"/> of them came before.</summary>
    /// <param name="limit">The property of <see cref="ModuleLimits"/> that bounds them.</param>
    /// <param name="allowed">Its value.</param>
    /// <param name="present">How many there are already.</param>
    public int ReadCount(string limit, int allowed, int present = 0)
    {
        int offset = _position;
        int count = ReadLength();
        long total = (long)present + count;
        return total <= allowed ? count : throw new ModuleLimitException(limit, allowed, total, offset);
    }

    /// <summary>Reads an index; one no array can have is given as the largest one.</summary>
    public int ReadIndex() => (int)Math.Min(ReadUInt32(), int.MaxValue);

    /// <summary>A reader of the next <paramref name="length"/> bytes only.</summary>
    public readonly ModuleReader Within(int length) => new(_bytes[..(_position + length)], _position);

    /// <summary>Goes on at another position.</summary>
    public void MoveTo(int position) => _position = position;

    /// <summary>Reads a UTF-8 name of at most <paramref name="limit"/> bytes.</summary>
    /// <remarks>WebAssembly 2.0, section 5.2.4.</remarks>
    public string ReadName(int limit)
    {
        int offset = _position;
        int length = ReadLength();
        if (length > limit)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.NameBytes), limit, length, offset);
        }

        try
        {
            return StrictUtf8.GetString(ReadBytes(length));
        }
        catch (DecoderFallbackException)
        {
            throw new MalformedModuleException("malformed UTF-8 encoding", offset);
        }
    }

    private readonly MalformedModuleException End() => new("unexpected end of section or function", _position);

    // Nearly all numbers have up to four bytes, whose bits fit whatever they are.
    private bool TryReadFew(out uint value, out int bits)
    {
        value = 0;
        int position = _position;
        int end = Math.Min(position + sizeof(uint), _bytes.Length);
        for (bits = 0; position < end;)
        {
            uint part = _bytes[position++];
            value |= (part & 0x7F) << bits;
            bits += 7;
            if (part < 0x80)
            {
                _position = position;
                return true;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint ReadLongUInt32() => TryReadFew(out uint value, out _) ? value : (uint)ReadUnsigned(32);

    private ulong ReadUnsigned(int bits)
    {
        int offset = _position;
        ulong value = 0;
        for (int shift = 0; shift < bits; shift += 7)
        {
            byte part = ReadByte();
            int left = bits - shift;
            if (left < 7 && (part & 0x7F) >> left != 0)
            {
                throw new MalformedModuleException(TooLarge, offset);
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new MalformedModuleException(TooLong, offset);
    }

    private long ReadSigned(int bits)
    {
        int offset = _position;
        long value = 0;
        for (int shift = 0; shift < bits; shift += 7)
        {
            byte part = ReadByte();
            if (!FitsSigned(part, bits - shift))
            {
                throw new MalformedModuleException(TooLarge, offset);
            }

            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return ExtendSign(value, shift + 7);
            }
        }

        throw new MalformedModuleException(TooLong, offset);
    }

    // In the last byte, every bit past the number must equal its sign.
    private static bool FitsSigned(byte part, int bitsLeft)
    {
        int mask = bitsLeft < 7 ? (-1 << (bitsLeft - 1)) & 0x7F : 0;
        int excess = part & mask;
        return excess == 0 || excess == mask;
    }

    private static long ExtendSign(long value, int width) =>
        width >= 64 ? value : value << (64 - width) >> (64 - width);
}
