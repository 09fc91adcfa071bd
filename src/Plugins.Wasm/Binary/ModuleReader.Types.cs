using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <content>Types. WebAssembly 2.0, section 5.3.</content>
internal ref partial struct ModuleReader
{
    /// <summary>Reads a value type.</summary>
    /// <remarks>WebAssembly 2.0, section 5.3.4.</remarks>
    public ValueKind ReadValueKind()
    {
        int offset = _position;
        ValueKind kind = (ValueKind)ReadByte();
        return IsValueKind(kind)
            ? kind
            : throw Refusal(ForeignConstruct.OfValueType((byte)kind), "malformed value type", offset);
    }

    /// <summary>Reads a reference type.</summary>
    /// <remarks>WebAssembly 2.0, section 5.3.3.</remarks>
    public ValueKind ReadReferenceKind()
    {
        int offset = _position;
        ValueKind kind = (ValueKind)ReadByte();
        return kind is ValueKind.FuncRef or ValueKind.ExternRef
            ? kind
            : throw Refusal(ForeignConstruct.OfReferenceType((byte)kind), "malformed reference type", offset);
    }

    /// <summary>Reads the type of a null reference, which typed references made a number.</summary>
    /// <remarks>WebAssembly 2.0, section 5.4.2.</remarks>
    public ValueKind ReadNullKind()
    {
        const byte FirstNegative = 0x40;
        return PeekByte() < FirstNegative
            ? throw new UnsupportedFeatureException(
                new ForeignConstruct(WasmFeature.FunctionReferences, "a null of a type index"), _position)
            : ReadReferenceKind();
    }

    /// <summary>Reads a block's type.</summary>
    /// <remarks>WebAssembly 2.0, section 5.4.1.</remarks>
    public BlockType ReadBlockType()
    {
        const byte Empty = 0x40;
        byte first = PeekByte();
        if (first == Empty || IsValueKind((ValueKind)first))
        {
            _position++;
            return first == Empty ? BlockType.Empty : BlockType.Of((ValueKind)first);
        }

        int offset = _position;
        long index = ReadInt33();
        // An index too large for an array is too large for every module; validation says so.
        return index >= 0
            ? BlockType.At((int)Math.Min(index, int.MaxValue))
            : throw Refusal(ForeignConstruct.OfValueType(first), "malformed block type", offset);
    }

    /// <summary>Reads a function type within the limits on parameters and results.</summary>
    /// <remarks>WebAssembly 2.0, section 5.3.6.</remarks>
    public FunctionType ReadFunctionType(ModuleLimits limits)
    {
        const byte FunctionForm = 0x60;
        int offset = _position;
        byte form = ReadByte();
        if (form != FunctionForm)
        {
            throw Refusal(ForeignConstruct.OfTypeForm(form), "malformed function type", offset);
        }

        ValueKind[] parameters = ReadValueKinds(nameof(ModuleLimits.Parameters), limits.Parameters);
        return FunctionType.Adopt(parameters, ReadValueKinds(nameof(ModuleLimits.Results), limits.Results));
    }

    /// <remarks>WebAssembly 2.0, section 5.3.9.</remarks>
    public TableType ReadTableType()
    {
        const byte WithInitializer = 0x40;
        if (PeekByte() == WithInitializer)
        {
            throw new UnsupportedFeatureException(
                new ForeignConstruct(WasmFeature.FunctionReferences, "a table with an initial element"), _position);
        }

        ValueKind element = ReadReferenceKind();
        ThrowIfForeign(ForeignConstruct.OfTableLimits(PeekByte()));
        return new TableType(element, ReadLimits());
    }

    /// <remarks>WebAssembly 2.0, section 5.3.8.</remarks>
    public MemoryType ReadMemoryType()
    {
        ThrowIfForeign(ForeignConstruct.OfMemoryLimits(PeekByte()));
        return new MemoryType(ReadLimits());
    }

    /// <remarks>WebAssembly 2.0, section 5.3.10.</remarks>
    public GlobalType ReadGlobalType()
    {
        ValueKind value = ReadValueKind();
        int offset = _position;
        return ReadByte() switch
        {
            0 => new GlobalType(value, isMutable: false),
            1 => new GlobalType(value, isMutable: true),
            _ => throw new MalformedModuleException("malformed mutability", offset),
        };
    }

    // Section 5.3.7. Its flag is a number of one bit, which gives wrong ones the suite's wording.
    private Limits ReadLimits()
    {
        bool hasMaximum = ReadUnsigned(1) == 1;
        uint minimum = ReadUInt32();
        return new Limits(minimum, hasMaximum ? ReadUInt32() : null);
    }

    private ValueKind[] ReadValueKinds(string limit, int allowed)
    {
        ValueKind[] kinds = new ValueKind[ReadCount(limit, allowed)];
        for (int i = 0; i < kinds.Length; i++)
        {
            kinds[i] = ReadValueKind();
        }

        return kinds;
    }

    // Limits that the proposal would read are its; any others are malformed.
    private void ThrowIfForeign(ForeignConstruct? construct)
    {
        if (construct is not ForeignConstruct found)
        {
            return;
        }

        const byte HasMaximum = 1, HasPageSize = 8;
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
    private static WasmException Refusal(ForeignConstruct? construct, string reason, int offset) =>
        construct is ForeignConstruct found
            ? new UnsupportedFeatureException(found, offset)
            : new MalformedModuleException(reason, offset);

    // V128 is not among them until SIMD is.
    private static bool IsValueKind(ValueKind kind) =>
        kind is ValueKind.I32 or ValueKind.I64 or ValueKind.F32 or ValueKind.F64
            or ValueKind.FuncRef or ValueKind.ExternRef;
}
