namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>The abbreviations of all units, each table read once.</summary>
internal sealed class AbbreviationTables(DwarfData data)
{
    // Tables may overlap, so that their bytes do not bound them. Modules of 16 MiB have some thousands in all.
    private const int MaximumAttributes = 500_000;

    // Compilers write two dozen at the most.
    private const int MaximumOfEntry = 1_000;

    private readonly Dictionary<ulong, Dictionary<ulong, Abbreviation>> _tables = [];
    private int _attributes;

    /// <summary>The table that stands at an offset.</summary>
    public Dictionary<ulong, Abbreviation> At(ulong offset)
    {
        if (!_tables.TryGetValue(offset, out Dictionary<ulong, Abbreviation>? table))
        {
            table = Read(data.At(DwarfSection.Abbrev, offset));
            _tables.Add(offset, table);
        }

        return table;
    }

    private Dictionary<ulong, Abbreviation> Read(DwarfReader reader)
    {
        Dictionary<ulong, Abbreviation> table = [];
        for (ulong code = reader.ReadUnsigned(); code != 0; code = reader.ReadUnsigned())
        {
            DwarfTag tag = (DwarfTag)ToInt32(reader.ReadUnsigned());
            bool hasChildren = reader.ReadByte() != 0;
            table.TryAdd(code, new Abbreviation(tag, hasChildren, ReadAttributes(ref reader)));
        }

        return table;
    }

    private AttributeSpecification[] ReadAttributes(ref DwarfReader reader)
    {
        List<AttributeSpecification> attributes = [];
        while (true)
        {
            // An abbreviation counts as well, since it may have no attributes.
            if (++_attributes > MaximumAttributes || attributes.Count > MaximumOfEntry)
            {
                throw new MalformedModuleException("too many attributes in debug information", reader.Position);
            }

            int attribute = ToInt32(reader.ReadUnsigned());
            DwarfForm form = (DwarfForm)ToInt32(reader.ReadUnsigned());
            if (attribute == 0 && form == default)
            {
                return [.. attributes];
            }

            long value = form == DwarfForm.ImplicitConst ? reader.ReadSigned() : 0;
            attributes.Add(new AttributeSpecification((DwarfAttribute)attribute, form, value));
        }
    }

    private static int ToInt32(ulong number) => (int)Math.Min(number, int.MaxValue);
}
