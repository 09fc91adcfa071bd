using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <content>Types. WebAssembly 2.0, section 5.3.</content>
internal ref partial struct ModuleReader
{
    // The flags of limits.
    private const int HasMaximum = 1;
    private const int Has64Bits = 4;
    private const int HasPageSize = 8;

    // Not one of them: what is noted of their encoding.
    private const int IsLong = 0x100;

    /// <summary>Reads a value type; one that refers to a defined type has the index of that.</summary>
    /// <remarks>WebAssembly 3.0, section 5.3.5.</remarks>
    public ValueCode ReadValueType()
    {
        int offset = _position;
        byte first = ReadByte();
        return IsNumberType(first) || IsHeapType(first) ? (ValueCode)first
            : IsTypedReference(first)
                ? ReadHeapType(first == ValueCodes.NullableDefined)
            : throw Refusal(ForeignConstruct.OfReferenceType(first), "malformed value type", offset);
    }

    /// <summary>Reads a reference type; one that refers to a defined type has the index of that.</summary>
    /// <remarks>WebAssembly 3.0, section 5.3.4.</remarks>
    public ValueCode ReadReferenceType()
    {
        int offset = _position;
        byte first = ReadByte();
        return IsHeapType(first) ? (ValueCode)first
            : IsTypedReference(first)
                ? ReadHeapType(first == ValueCodes.NullableDefined)
            : throw Refusal(ForeignConstruct.OfReferenceType(first), "malformed reference type", offset);
    }

    /// <summary>Reads what a reference refers to; an index has no number yet.</summary>
    /// <remarks>WebAssembly 3.0, section 5.3.3.</remarks>
    public ValueCode ReadHeapType(bool isNullable)
    {
        int offset = _position;
        byte first = PeekByte();
        if (IsHeapType(first))
        {
            _position++;
            return isNullable ? (ValueCode)first : ((ValueCode)first).WithoutNull;
        }

        long index = ReadInt33();
        return index >= 0
            ? ValueCodes.Of(
                (int)Math.Min(index, ValueCodes.NumberLimit - 1),
                isNullable ? ValueCodes.NullableDefined : ValueCodes.Defined)
            : throw Refusal(ForeignConstruct.OfReferenceType(first), "malformed reference type", offset);
    }

    /// <summary>Reads a block's type.</summary>
    /// <remarks>WebAssembly 2.0, section 5.4.1.</remarks>
    public BlockType ReadBlockType()
    {
        const byte Empty = 0x40;
        byte first = PeekByte();
        if (first == Empty)
        {
            _position++;
            return BlockType.Empty;
        }

        if (IsNumberType(first) || IsHeapType(first) || IsTypedReference(first))
        {
            return BlockType.Of(ReadValueType());
        }

        int offset = _position;
        long index = ReadInt33();
        // An index too large for an array is too large for every module; validation says so.
        return index >= 0
            ? BlockType.At((int)Math.Min(index, int.MaxValue))
            : throw Refusal(ForeignConstruct.OfReferenceType(first), "malformed block type", offset);
    }

    /// <remarks>WebAssembly 2.0, section 5.3.9.</remarks>
    public TableType ReadTableType(ModuleTypes types)
    {
        ValueCode element = types.Resolve(ReadReferenceType());
        Limits limits = ReadLimits(HasMaximum | Has64Bits, out int flags);
        return new TableType(element, types.TypeOf(element), limits, AddressOf(flags))
        {
            HasLongLimits = (flags & IsLong) != 0,
        };
    }

    /// <remarks>WebAssembly 3.0, section 5.3.12, and the proposal for custom page sizes.</remarks>
    public MemoryType ReadMemoryType()
    {
        ThrowIfForeign(ForeignConstruct.OfMemoryLimits(PeekByte()));
        Limits limits = ReadLimits(HasMaximum | Has64Bits | HasPageSize, out int flags);
        bool statesPageSize = (flags & HasPageSize) != 0;
        int pageBytes = statesPageSize ? ReadPageBytes() : MemoryType.OrdinaryPageBytes;
        return new MemoryType(limits, AddressOf(flags), pageBytes)
        {
            StatesPageSize = statesPageSize,
            HasLongLimits = (flags & IsLong) != 0,
        };
    }

    // Given as the exponent of a power of two; for the time being there are two of them.
    private int ReadPageBytes()
    {
        int offset = _position;
        return ReadUInt32() switch
        {
            0 => 1,
            16 => MemoryType.OrdinaryPageBytes,
            >= 64 => throw new MalformedModuleException("malformed custom page size", offset),
            _ => throw new InvalidModuleException("invalid custom page size", offset),
        };
    }

    /// <remarks>WebAssembly 2.0, section 5.3.10.</remarks>
    public GlobalType ReadGlobalType(ModuleTypes types)
    {
        ValueCode value = types.Resolve(ReadValueType());
        int offset = _position;
        return ReadByte() switch
        {
            0 => new GlobalType(value, types.TypeOf(value), isMutable: false),
            1 => new GlobalType(value, types.TypeOf(value), isMutable: true),
            _ => throw new MalformedModuleException("malformed mutability", offset),
        };
    }

    // WebAssembly 3.0, section 5.3.11.
    private Limits ReadLimits(int allowed, out int flags)
    {
        int offset = _position;
        flags = ReadByte();
        if ((flags & ~allowed) != 0)
        {
            throw new MalformedModuleException("malformed limits flags", offset);
        }

        // Numbers of 64 bits whatever the addresses are: validation bounds them.
        ulong minimum = ReadLimit(ref flags);
        return new Limits(minimum, (flags & HasMaximum) != 0 ? ReadLimit(ref flags) : null);
    }

    private ulong ReadLimit(ref int flags)
    {
        const int Longest = 5;
        int start = _position;
        ulong limit = ReadUInt64();
        flags |= _position - start > Longest ? IsLong : 0;
        return limit;
    }

    private static ValueKind AddressOf(int flags) => (flags & Has64Bits) != 0 ? ValueKind.I64 : ValueKind.I32;

    // Limits that the proposal would read are its; any others are malformed.
    private void ThrowIfForeign(ForeignConstruct? construct)
    {
        if (construct is not ForeignConstruct found)
        {
            return;
        }

        int offset = _position;
        byte flags = ReadByte();
        ReadUnsigned(64);
        if ((flags & HasMaximum) != 0)
        {
            ReadUnsigned(64);
        }

        if ((flags & HasPageSize) != 0)
        {
            ReadUInt32();
        }

        throw new UnsupportedFeatureException(found, offset);
    }

    /// <summary>What a proposal would give a meaning is not supported; what nothing does is malformed.</summary>
    public static WasmException Refusal(ForeignConstruct? construct, string reason, int offset) =>
        construct is ForeignConstruct found
            ? new UnsupportedFeatureException(found, offset)
            : new MalformedModuleException(reason, offset);

    // And those of vectors.
    private static bool IsNumberType(byte type) =>
        (ValueCode)type is ValueCode.I32 or ValueCode.I64 or ValueCode.F32 or ValueCode.F64
            or ValueCode.V128;

    // The abstract ones; those of garbage collection are not among them yet.
    private static bool IsHeapType(byte type) =>
        (ValueCode)type is >= ValueCode.ExnRef and <= ValueCode.NullExnRef;

    private static bool IsTypedReference(byte type) => type is ValueCodes.NullableDefined or ValueCodes.Defined;
}
