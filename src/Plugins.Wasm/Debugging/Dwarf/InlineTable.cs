namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>What was inlined into which functions.</summary>
/// <remarks>DWARF 5, sections 3.3.8 and 2.17.</remarks>
internal sealed class InlineTable
{
    /// <summary>The most stretches that are kept: 16 MB.</summary>
    private const int MaximumStretches = 500_000;

    /// <summary>The most stretches of one function that are looked at, for each frame of each trap.</summary>
    private const int MaximumOfFunction = 10_000;

    /// <summary>The most functions of the source at one instruction; compilers stop far earlier.</summary>
    internal const int MaximumFrames = 32;

    private readonly DwarfData _data;
    private readonly AbbreviationTables _abbreviations;
    private readonly List<DwarfUnit> _units = [];
    private readonly List<(uint Start, uint End)> _functions = [];
    private InlinedCode[] _code = [];
    private int[] _firsts = [];

    private InlineTable(DwarfData data)
    {
        _data = data;
        _abbreviations = new AbbreviationTables(data);
    }

    public IReadOnlyList<DwarfUnit> Units => _units;

    /// <summary>Reads all units up to the first that is broken.</summary>
    public static InlineTable Read(DwarfData data)
    {
        InlineTable table = new(data);
        List<InlinedCode> code = [];
        try
        {
            DwarfReader reader = data.At(DwarfSection.Info, 0);
            while (!reader.IsAtEnd)
            {
                int start = reader.Position;
                DwarfReader unit = reader.ReadUnit(out int offsetSize);
                table.ReadUnit(unit, start, reader.Position, offsetSize, code);
            }
        }
        catch (MalformedModuleException)
        {
            // What follows cannot be found.
        }

        table.Sort(code);
        return table;
    }

    /// <summary>Collects what was inlined at an address, outermost first.</summary>
    public List<InlinedCode> Find(uint address)
    {
        List<InlinedCode> found = [];
        int low = 0, high = _functions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _functions[middle].Start <= address ? (middle + 1, high) : (low, middle);
        }

        if (low == 0 || address >= _functions[low - 1].End)
        {
            return found;
        }

        // What is inlined into something inlined stands behind it.
        int first = _firsts[low - 1], count = Math.Min(_firsts[low] - first, MaximumOfFunction);
        foreach (InlinedCode code in _code.AsSpan(first, count))
        {
            if (address >= code.Start && address < code.End && found.Count < MaximumFrames - 1)
            {
                found.Add(code);
            }
        }

        return found;
    }

    /// <summary>The entry that stands somewhere, and its unit; false where none can be read.</summary>
    public bool TryReadEntry(ulong position, out DwarfUnit? unit, out DwarfEntry entry)
    {
        unit = null;
        entry = default;
        int low = 0, high = _units.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = (ulong)_units[middle].Start <= position ? (middle + 1, high) : (low, middle);
        }

        if (low == 0 || position >= (ulong)_units[low - 1].End)
        {
            return false;
        }

        unit = _units[low - 1];
        DwarfReader reader = unit.Reader((int)position);
        if (DwarfEntry.Begin(ref reader, unit) is not Abbreviation abbreviation)
        {
            return false;
        }

        entry = DwarfEntry.Read(ref reader, unit, abbreviation);
        return true;
    }

    private void ReadUnit(DwarfReader reader, int start, int end, int offsetSize, List<InlinedCode> code)
    {
        try
        {
            if (ReadHeader(reader, start, end, offsetSize) is DwarfUnit unit)
            {
                _units.Add(unit);
                unit.ReadFirstEntry();
                new InlineReader(_data, unit, _units.Count - 1, _functions, code, MaximumStretches).Read();
            }
        }
        catch (MalformedModuleException)
        {
            // The next unit begins where this one says that it ends.
        }
    }

    // Units of types have no code, and are known by their kind since version 5.
    private DwarfUnit? ReadHeader(DwarfReader reader, int start, int end, int offsetSize)
    {
        const byte Compile = 1, Partial = 3;
        int version = reader.ReadUInt16();
        bool isNew = version >= DwarfSizes.NewestVersion;
        byte kind = isNew ? reader.ReadByte() : Compile;
        int address = isNew ? reader.ReadByte() : 0;
        ulong abbreviations = reader.ReadNumber(offsetSize);
        address = isNew ? address : reader.ReadByte();
        DwarfSizes sizes = DwarfSizes.Of(version, offsetSize, address, reader.Position);
        return kind is Compile or Partial
            ? new DwarfUnit(_data, start, reader.Position, end, sizes, _abbreviations.At(abbreviations))
            : null;
    }

    private void Sort(List<InlinedCode> code)
    {
        int[] order = [.. Enumerable.Range(0, _functions.Count).OrderBy(function => _functions[function].Start)];
        int[] place = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        // Stable: the order of the entries is that of their nesting.
        _code = [.. code.OrderBy(stretch => place[stretch.Function])];
        (uint Start, uint End)[] functions = [.. order.Select(function => _functions[function])];
        _functions.Clear();
        _functions.AddRange(functions);
        _firsts = new int[functions.Length + 1];
        foreach (ref readonly InlinedCode stretch in _code.AsSpan())
        {
            _firsts[place[stretch.Function] + 1]++;
        }

        for (int i = 0; i < functions.Length; i++)
        {
            _firsts[i + 1] += _firsts[i];
        }
    }
}
