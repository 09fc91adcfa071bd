namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>A debugging information entry, as far as it is looked at.</summary>
/// <remarks>DWARF 5, section 2.1.</remarks>
internal struct DwarfEntry
{
    public DwarfValue? Name;
    public DwarfValue? LinkageName;
    public DwarfValue? LowPc;
    public DwarfValue? HighPc;
    public DwarfValue? Ranges;
    public DwarfValue? Origin;
    public DwarfValue? Lines;
    public ulong CallFile;
    public ulong CallLine;
    public ulong CallColumn;
    public ulong AddressBase;
    public ulong TextBase;
    public ulong RangeBase;

    /// <summary>Reads what an entry consists of; null of the one that ends a list of children.</summary>
    public static Abbreviation? Begin(ref DwarfReader reader, DwarfUnit unit)
    {
        ulong code = reader.ReadUnsigned();
        return code == 0
            ? null
            : unit.AbbreviationOf(code)
                ?? throw new MalformedModuleException("unknown abbreviation in debug information", reader.Position);
    }

    /// <summary>Passes over the rest of an entry.</summary>
    public static void Skip(ref DwarfReader reader, DwarfUnit unit, Abbreviation abbreviation)
    {
        if (abbreviation.Length >= 0 && unit.Sizes.AreSmall)
        {
            reader.ReadBytes((ulong)abbreviation.Length);
            return;
        }

        foreach (AttributeSpecification attribute in abbreviation.Attributes)
        {
            DwarfValue.Read(ref reader, DwarfSection.Info, attribute.Form, unit.Sizes);
        }
    }

    /// <summary>Reads the rest of an entry.</summary>
    public static DwarfEntry Read(ref DwarfReader reader, DwarfUnit unit, Abbreviation abbreviation)
    {
        DwarfEntry entry = default;
        foreach (AttributeSpecification attribute in abbreviation.Attributes)
        {
            DwarfValue value = DwarfValue.Read(
                ref reader, DwarfSection.Info, attribute.Form, unit.Sizes, attribute.ImplicitValue);
            entry.Take(attribute.Attribute, value);
        }

        return entry;
    }

    private void Take(DwarfAttribute attribute, in DwarfValue value)
    {
        switch (attribute)
        {
            case DwarfAttribute.Name: Name = value; break;
            case DwarfAttribute.LinkageName: LinkageName = value; break;
            case DwarfAttribute.LowPc: LowPc = value; break;
            case DwarfAttribute.HighPc: HighPc = value; break;
            case DwarfAttribute.Ranges: Ranges = value; break;
            case DwarfAttribute.AbstractOrigin or DwarfAttribute.Specification: Origin = value; break;
            case DwarfAttribute.StatementList: Lines = value; break;
            case DwarfAttribute.CallFile: CallFile = value.Number; break;
            case DwarfAttribute.CallLine: CallLine = value.Number; break;
            case DwarfAttribute.CallColumn: CallColumn = value.Number; break;
            case DwarfAttribute.AddrBase: AddressBase = value.Number; break;
            case DwarfAttribute.StrOffsetsBase: TextBase = value.Number; break;
            case DwarfAttribute.RnglistsBase: RangeBase = value.Number; break;
        }
    }
}
