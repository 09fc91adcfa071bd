namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>What one unit's line program says of itself, and the machine that runs it.</summary>
/// <remarks>DWARF 5, sections 6.2.2 to 6.2.5; 6.2.4 of DWARF 4 for older headers.</remarks>
internal sealed class LineProgram
{
    private const int AddressSizeBeforeVersion5 = 4;
    private const int FirstVersionWithOperations = 4;

    private readonly DwarfSizes _sizes;
    private readonly byte _advance;
    private readonly sbyte _lineBase;
    private readonly byte _lineRange;
    private readonly byte[] _operands;

    private LineProgram(ref DwarfReader reader, in DwarfSizes sizes)
    {
        _sizes = sizes;
        _advance = reader.ReadByte();
        if (sizes.Version >= FirstVersionWithOperations)
        {
            // Operations in an instruction: one, on every machine that WebAssembly is like.
            reader.ReadByte();
        }

        // Whether rows are statements at first, which nobody asks.
        reader.ReadByte();
        _lineBase = (sbyte)reader.ReadByte();
        _lineRange = reader.ReadByte();
        byte opcodeBase = reader.ReadByte();
        if (_lineRange == 0 || opcodeBase == 0)
        {
            throw new MalformedModuleException("line program without lines", reader.Position);
        }

        _operands = reader.ReadBytes(opcodeBase - 1UL).ToArray();
    }

    /// <summary>Reads a unit's header, adds its files, and leaves the reader at the program.</summary>
    public static LineProgram Read(ref DwarfReader unit, DwarfData data, int offsetSize, List<SourceFile> files)
    {
        int version = unit.ReadUInt16();
        int address = AddressSizeBeforeVersion5;
        if (version >= DwarfSizes.NewestVersion)
        {
            address = unit.ReadByte();
            unit.ReadByte();
        }

        DwarfSizes sizes = DwarfSizes.Of(version, offsetSize, address, unit.Position);
        ulong length = unit.ReadNumber(offsetSize);
        DwarfReader header = unit;
        unit.ReadBytes(length);
        LineProgram program = new(ref header, sizes);
        SourceFileReader.Read(ref header, data, sizes, files);
        return program;
    }

    /// <summary>Runs the program.</summary>
    /// <param name="reader">At its start, and no longer than it.</param>
    /// <param name="firstFile">The index of the unit's first file.</param>
    /// <param name="files">How many it has.</param>
    /// <param name="table">Takes the rows.</param>
    public void Run(DwarfReader reader, int firstFile, int files, LineTable table)
    {
        LineRegisters registers = LineRegisters.Initial;
        int firstRow = table.RowCount;
        try
        {
            while (!reader.IsAtEnd && table.HasRoom)
            {
                byte opcode = reader.ReadByte();
                bool ends = false;
                bool emits = opcode > _operands.Length
                    ? RunSpecial(opcode, ref registers)
                    : opcode == 0
                        ? RunExtended(ref reader, ref registers, out ends)
                        : RunStandard(opcode, ref reader, ref registers);
                if (ends)
                {
                    table.EndSequence(firstRow, registers.Address32);
                    firstRow = table.RowCount;
                    registers = LineRegisters.Initial;
                }
                else if (emits && !registers.TryEmit(table, firstRow, firstFile, files))
                {
                    return;
                }
            }
        }
        finally
        {
            // Of a sequence without an end, nobody knows where it ends.
            table.EndSequence(firstRow, 0);
        }
    }

    private bool RunSpecial(byte opcode, ref LineRegisters registers)
    {
        int adjusted = opcode - _operands.Length - 1;
        registers.Advance((ulong)(adjusted / _lineRange) * _advance);
        registers.Line += (uint)(_lineBase + (adjusted % _lineRange));
        return true;
    }

    private bool RunStandard(byte opcode, ref DwarfReader reader, ref LineRegisters registers)
    {
        switch (opcode)
        {
            case 1: // DW_LNS_copy
                return true;
            case 2: // DW_LNS_advance_pc
                registers.Advance(unchecked(reader.ReadUnsigned() * _advance));
                break;
            case 3: // DW_LNS_advance_line
                registers.Line = unchecked(registers.Line + (uint)reader.ReadSigned());
                break;
            case 4: // DW_LNS_set_file
                registers.File = reader.ReadUnsigned();
                break;
            case 5: // DW_LNS_set_column
                registers.Column = reader.ReadUnsigned();
                break;
            case 8: // DW_LNS_const_add_pc
                registers.Advance((ulong)((byte.MaxValue - _operands.Length - 1) / _lineRange) * _advance);
                break;
            case 9: // DW_LNS_fixed_advance_pc
                registers.Advance(reader.ReadUInt16());
                break;
            default: // Statements, blocks, prologues: nothing here asks for them.
                for (int i = _operands[opcode - 1]; i > 0; i--)
                {
                    reader.ReadUnsigned();
                }

                break;
        }

        return false;
    }

    private bool RunExtended(ref DwarfReader reader, ref LineRegisters registers, out bool ends)
    {
        const byte EndSequence = 1, SetAddress = 2;
        DwarfReader operation = reader;
        ulong length = operation.ReadUnsigned();
        reader = operation;
        reader.ReadBytes(length);
        byte opcode = length == 0 ? (byte)0 : operation.ReadByte();
        ends = opcode == EndSequence;
        if (opcode == SetAddress)
        {
            registers.Address = operation.ReadNumber(_sizes.Address);
        }

        return false;
    }
}
