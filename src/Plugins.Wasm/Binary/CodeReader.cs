using Plugins.Wasm.Features;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Binary;

/// <summary>Reads the instructions of one function body, one after the other, without allocating.</summary>
/// <remarks>
/// Checks the encoding only: nesting, types and indices are validation's. WebAssembly 2.0, section 5.4.
/// </remarks>
internal ref struct CodeReader
{
    // The encoding has 64 values for it; validation allows 4 at the most. The next bit: a memory index follows.
    private const uint AlignmentLimit = 64;
    private const uint WithMemory = 64;

    private readonly bool _isConstant;
    private readonly ModuleTypes _types;
    private readonly OpcodeInfo[] _infos = OpcodeTable.ByByte;
    private ModuleReader _reader;

    /// <summary>Reads the code of <paramref name="body"/>.</summary>
    public CodeReader(BinaryModule module, FunctionBody body)
        : this(module.Bytes, module.Definitions, body.Start, body.End)
    {
    }

    /// <summary>Reads a module's bytes from <paramref name="start"/> up to <paramref name="end"/>.</summary>
    /// <param name="module">The module's bytes.</param>
    /// <param name="types">The types that indices stand for.</param>
    /// <param name="start">Where the code begins.</param>
    /// <param name="end">Where it ends at the latest.</param>
    /// <param name="isConstant">Whether it is a constant expression.</param>
    public CodeReader(
        ReadOnlySpan<byte> module, ModuleTypes types, int start, int end, bool isConstant = false)
    {
        _reader = new ModuleReader(module[..end], start);
        _types = types;
        _isConstant = isConstant;
    }

    /// <summary>Where the next instruction or index stands, in bytes from the start of the module.</summary>
    public readonly int Position => _reader.Position;

    public readonly bool IsAtEnd => _reader.IsAtEnd;

    /// <summary>Reads the next instruction; false when there is none.</summary>
    /// <remarks>After <c>br_table</c>, read its targets and its default by <see cref="ReadIndex"/> first.</remarks>
    public bool Read(out Instruction instruction)
    {
        if (_reader.IsAtEnd)
        {
            instruction = default;
            return false;
        }

        int offset = _reader.Position;
        byte first = _reader.ReadByte();

        ImmediateKind immediate = _infos[first].Immediate;

        // The two most frequent kinds by far.
        if (immediate == ImmediateKind.Index)
        {
            instruction = new Instruction((Opcode)first, offset, _reader.ReadUInt32());
        }
        else if (immediate == ImmediateKind.None)
        {
            instruction = new Instruction((Opcode)first, offset);
        }
        else
        {
            ReadImmediates(first, offset, immediate, out instruction);
        }

        return true;
    }

    /// <summary>Goes on at another instruction.</summary>
    public void MoveTo(int position) => _reader.MoveTo(position);

    /// <summary>Reads one target of a <c>br_table</c>.</summary>
    public uint ReadIndex() => _reader.ReadUInt32();

    /// <summary>Passes over the targets of a <c>br_table</c>, or the clauses of a <c>try_table</c>.</summary>
    public void SkipTargets(in Instruction instruction)
    {
        if (instruction.Opcode == Opcode.BrTable)
        {
            for (uint i = 0; i <= instruction.Index; i++)
            {
                ReadIndex();
            }
        }
        else if (instruction.Opcode == Opcode.TryTable)
        {
            for (uint i = 0; i < instruction.SecondIndex; i++)
            {
                ReadCatch();
            }
        }
    }

    /// <summary>Reads one clause of a <c>try_table</c>.</summary>
    public CatchClause ReadCatch()
    {
        const byte All = 2, Reference = 1, Last = 3;
        int offset = _reader.Position;
        byte kind = _reader.ReadByte();
        if (kind > Last)
        {
            throw new MalformedModuleException("malformed catch clause", offset);
        }

        uint? tag = (kind & All) == 0 ? _reader.ReadUInt32() : null;
        return new CatchClause(tag, (kind & Reference) != 0, _reader.ReadUInt32());
    }

    private Opcode ReadOpcode(byte first, int offset)
    {
        if (first == OpcodeTable.VectorPrefix)
        {
            uint number = _reader.ReadUInt32();
            Opcode opcode = OpcodeTable.OfVectorNumber(number);
            return OpcodeTable.Get(opcode).Immediate != ImmediateKind.Illegal
                ? opcode
                : throw new MalformedModuleException($"illegal opcode 0x{first:X2} 0x{number:X}", offset);
        }

        if (first is not (OpcodeTable.MiscellaneousPrefix or OpcodeTable.ObjectPrefix))
        {
            return (Opcode)first;
        }

        uint second = _reader.ReadUInt32();
        return second <= byte.MaxValue
            ? (Opcode)((first << 8) | (int)second)
            : throw new MalformedModuleException($"illegal opcode 0x{first:X2} 0x{second:X}", offset);
    }

    private void ReadImmediates(byte first, int offset, ImmediateKind immediate, out Instruction instruction)
    {
        switch (immediate)
        {
            case ImmediateKind.Int32:
                instruction = new Instruction((Opcode)first, offset, immediate: (uint)_reader.ReadInt32());
                break;
            case ImmediateKind.MemoryAccess:
                ReadMemoryAccess((Opcode)first, offset, out instruction);
                break;
            case ImmediateKind.Block:
                ReadBlock((Opcode)first, offset, out instruction);
                break;
            default:
                ReadOther(ReadOpcode(first, offset), offset, out instruction);
                break;
        }
    }

    private void ReadBlock(Opcode opcode, int offset, out Instruction instruction)
    {
        BlockType type = _reader.ReadBlockType();
        instruction = new Instruction(opcode, offset, (uint)type.TypeIndex, code: _types.Resolve(type.Result));
    }

    private void ReadMemoryAccess(Opcode opcode, int offset, out Instruction instruction)
    {
        uint flags = _reader.ReadUInt32();
        uint alignment = flags & ~WithMemory;
        if (alignment >= AlignmentLimit)
        {
            throw new MalformedModuleException("malformed memop flags", offset);
        }

        uint memory = flags == alignment ? 0 : _reader.ReadUInt32();
        instruction = new Instruction(opcode, offset, memory, alignment, _reader.ReadUInt64());
    }

    private void ReadOther(Opcode opcode, int offset, out Instruction instruction) =>
        instruction = OpcodeTable.Get(opcode).Immediate switch
        {
            ImmediateKind.Int64 => new Instruction(opcode, offset, immediate: (ulong)_reader.ReadInt64()),
            ImmediateKind.Float32 => new Instruction(opcode, offset, immediate: _reader.ReadFixed32()),
            ImmediateKind.Float64 => new Instruction(opcode, offset, immediate: _reader.ReadFixed64()),
            ImmediateKind.Index => new Instruction(opcode, offset, _reader.ReadUInt32()),
            ImmediateKind.IndexPair => new Instruction(opcode, offset, _reader.ReadUInt32(), _reader.ReadUInt32()),
            ImmediateKind.BranchTargets => new Instruction(opcode, offset, (uint)_reader.ReadLength()),
            ImmediateKind.ValueTypes => ReadValueTypes(opcode, offset),
            ImmediateKind.TryTable => ReadTryTable(offset),
            ImmediateKind.ReferenceType => new Instruction(
                opcode, offset, code: _types.Resolve(_reader.ReadHeapType(isNullable: true))),
            ImmediateKind.HeapType => new Instruction(
                opcode,
                offset,
                code: _types.Resolve(
                    _reader.ReadHeapType(opcode is Opcode.RefTestNull or Opcode.RefCastNull))),
            ImmediateKind.CastBranch => ReadCastBranch(opcode, offset),
            ImmediateKind.None => new Instruction(opcode, offset),
            ImmediateKind.MemoryAccess => ReadVectorAccess(opcode, offset),
            ImmediateKind.MemoryLane => ReadVectorAccess(opcode, offset).WithLane(_reader.ReadByte()),
            ImmediateKind.Lane => new Instruction(opcode, offset, lane: _reader.ReadByte()),
            ImmediateKind.Vector => new Instruction(opcode, offset, immediate: PassVector()),
            _ => throw Refusal(opcode, offset),
        };

    private Instruction ReadVectorAccess(Opcode opcode, int offset)
    {
        ReadMemoryAccess(opcode, offset, out Instruction instruction);
        return instruction;
    }

    private ulong PassVector()
    {
        int position = _reader.Position;
        _reader.Skip(BinaryModule.VectorBytes);
        return (ulong)position;
    }

    private Instruction ReadCastBranch(Opcode opcode, int offset)
    {
        const byte FromNull = 1, ToNull = 2, All = FromNull | ToNull;
        byte flags = _reader.ReadByte();
        if (flags > All)
        {
            throw new MalformedModuleException("malformed br_on_cast flags", offset);
        }

        uint label = _reader.ReadUInt32();
        ValueCode from = _types.Resolve(_reader.ReadHeapType((flags & FromNull) != 0));
        ValueCode to = _types.Resolve(_reader.ReadHeapType((flags & ToNull) != 0));
        return new Instruction(
            opcode, offset, label, immediate: (uint)from, code: from.IsUnresolved ? from : to);
    }

    private Instruction ReadTryTable(int offset)
    {
        BlockType type = _reader.ReadBlockType();
        return new Instruction(
            Opcode.TryTable,
            offset,
            (uint)type.TypeIndex,
            (uint)_reader.ReadLength(),
            code: _types.Resolve(type.Result));
    }

    private Instruction ReadValueTypes(Opcode opcode, int offset)
    {
        int count = _reader.ReadLength();
        ValueCode last = default;
        for (int i = 0; i < count; i++)
        {
            last = _types.Resolve(_reader.ReadValueType());
        }

        return new Instruction(opcode, offset, (uint)count, code: last);
    }

    // The number behind these prefixes was read with the opcode; behind 0xFD none comes here.
    private WasmException Refusal(Opcode opcode, int offset)
    {
        byte first = (byte)((int)opcode <= byte.MaxValue ? (int)opcode : (int)opcode >> 8);
        if (!ForeignConstruct.IsPrefix(first))
        {
            // No proposal makes any of these constant.
            ForeignConstruct? construct = _isConstant ? null : ForeignConstruct.OfOpcode(first);
            return Refusal(construct, $"illegal opcode 0x{first:X2}", offset);
        }

        uint second = first is OpcodeTable.MiscellaneousPrefix or OpcodeTable.ObjectPrefix
            ? (byte)opcode
            : _reader.ReadUInt32();
        return Refusal(
            ForeignConstruct.OfOpcode(first, second), $"illegal opcode 0x{first:X2} 0x{second:X2}", offset);
    }

    private static WasmException Refusal(ForeignConstruct? construct, string reason, int offset) =>
        construct is ForeignConstruct found
            ? new UnsupportedFeatureException(found, offset)
            : new MalformedModuleException(reason, offset);
}
