namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>Reads lists of address ranges.</summary>
/// <param name="data">The sections.</param>
/// <param name="unit">The unit that refers to them.</param>
/// <param name="ranges">Takes the ranges.</param>
/// <param name="maximum">The most entries of a list; those after it are left out.</param>
internal readonly ref struct RangeListReader(
    DwarfData data, DwarfUnit unit, List<(uint Start, uint End)> ranges, int maximum)
{
    /// <summary>Reads the list at an offset.</summary>
    public void Read(ulong offset)
    {
        if (unit.Sizes.Version >= DwarfSizes.NewestVersion)
        {
            ReadNew(data.At(DwarfSection.Rnglists, offset));
        }
        else
        {
            ReadOld(data.At(DwarfSection.Ranges, offset));
        }
    }

    /// <summary>Adds a range, unless it is empty or of code that the linker left out.</summary>
    public static void Add(List<(uint Start, uint End)> ranges, ulong start, ulong end)
    {
        if (start > 0 && start < end && end <= int.MaxValue)
        {
            ranges.Add(((uint)start, (uint)end));
        }
    }

    // DWARF 4, section 2.17.3.
    private void ReadOld(DwarfReader reader)
    {
        int size = unit.Sizes.Address;
        ulong baseAddress = unit.BaseAddress, selectsBase = ulong.MaxValue >> (64 - (size * 8));
        for (int left = maximum; left > 0; left--)
        {
            ulong start = reader.ReadNumber(size), end = reader.ReadNumber(size);
            if (start == 0 && end == 0)
            {
                return;
            }

            if (start == selectsBase)
            {
                baseAddress = end;
            }
            else
            {
                Add(ranges, unchecked(baseAddress + start), unchecked(baseAddress + end));
            }
        }
    }

    // DWARF 5, sections 2.17.3 and 7.25.
    private void ReadNew(DwarfReader reader)
    {
        int size = unit.Sizes.Address;
        ulong baseAddress = unit.BaseAddress;
        for (int left = maximum; left > 0; left--)
        {
            ulong start;
            switch (reader.ReadByte())
            {
                case 0: // DW_RLE_end_of_list
                    return;
                case 1: // DW_RLE_base_addressx
                    baseAddress = unit.AddressAt(reader.ReadUnsigned());
                    break;
                case 2: // DW_RLE_startx_endx
                    start = unit.AddressAt(reader.ReadUnsigned());
                    Add(ranges, start, unit.AddressAt(reader.ReadUnsigned()));
                    break;
                case 3: // DW_RLE_startx_length
                    start = unit.AddressAt(reader.ReadUnsigned());
                    Add(ranges, start, unchecked(start + reader.ReadUnsigned()));
                    break;
                case 4: // DW_RLE_offset_pair
                    start = unchecked(baseAddress + reader.ReadUnsigned());
                    Add(ranges, start, unchecked(baseAddress + reader.ReadUnsigned()));
                    break;
                case 5: // DW_RLE_base_address
                    baseAddress = reader.ReadNumber(size);
                    break;
                case 6: // DW_RLE_start_end
                    start = reader.ReadNumber(size);
                    Add(ranges, start, reader.ReadNumber(size));
                    break;
                case 7: // DW_RLE_start_length
                    start = reader.ReadNumber(size);
                    Add(ranges, start, unchecked(start + reader.ReadUnsigned()));
                    break;
                default:
                    throw new MalformedModuleException("unknown range in debug information", reader.Position);
            }
        }
    }
}
