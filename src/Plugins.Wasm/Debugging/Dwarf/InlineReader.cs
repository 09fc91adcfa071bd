namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>Goes through the entries of a unit, for its functions and what was inlined into them.</summary>
internal sealed class InlineReader(
    DwarfData data,
    DwarfUnit unit,
    int unitIndex,
    List<(uint Start, uint End)> functions,
    List<InlinedCode> code,
    int maximumStretches)
{
    // Deeper ones count as of the function that they are in; functions within functions go no deeper in practice.
    private const int MaximumDepth = 64;

    private readonly Stack<(int Depth, int Function)> _open = [];
    private readonly List<(uint Start, uint End)> _ranges = [];

    public void Read()
    {
        DwarfReader reader = unit.Reader(unit.Entries);
        int depth = 0;
        while (!reader.IsAtEnd && code.Count < maximumStretches && functions.Count < maximumStretches)
        {
            if (DwarfEntry.Begin(ref reader, unit) is not Abbreviation abbreviation)
            {
                // Behind the unit's first entry there may be zeros up to its end.
                depth = Math.Max(0, depth - 1);
                continue;
            }

            while (_open.TryPeek(out (int Depth, int Function) function) && function.Depth >= depth)
            {
                _open.Pop();
            }

            switch (abbreviation.Tag)
            {
                case DwarfTag.Subprogram:
                    Open(DwarfEntry.Read(ref reader, unit, abbreviation), depth);
                    break;
                case DwarfTag.InlinedSubroutine:
                    Add(DwarfEntry.Read(ref reader, unit, abbreviation));
                    break;
                default:
                    DwarfEntry.Skip(ref reader, unit, abbreviation);
                    break;
            }

            depth += abbreviation.HasChildren ? 1 : 0;
        }
    }

    private void Open(in DwarfEntry entry, int depth)
    {
        ReadRanges(entry);
        if (_ranges is [(uint Start, uint End) range, ..] && _open.Count < MaximumDepth)
        {
            // Functions are in one piece in WebAssembly.
            _open.Push((depth, functions.Count));
            functions.Add(range);
        }
    }

    private void Add(in DwarfEntry entry)
    {
        if (!_open.TryPeek(out (int Depth, int Function) open)
            || entry.Origin is not DwarfValue origin
            || unit.ReferenceOf(origin) is not (<= int.MaxValue and ulong position))
        {
            return;
        }

        ReadRanges(entry);
        foreach ((uint start, uint end) in _ranges)
        {
            code.Add(new InlinedCode(
                open.Function,
                start,
                end,
                unitIndex,
                (int)position,
                ToInt32(entry.CallFile),
                ToInt32(entry.CallLine),
                ToInt32(entry.CallColumn)));
        }
    }

    private void ReadRanges(in DwarfEntry entry)
    {
        _ranges.Clear();
        if (entry.Ranges is DwarfValue list)
        {
            new RangeListReader(data, unit, _ranges, maximumStretches - code.Count).Read(unit.RangesOf(list));
        }
        else if (entry is { LowPc: DwarfValue low, HighPc: DwarfValue high })
        {
            ulong start = unit.AddressOf(low);
            RangeListReader.Add(_ranges, start, high.IsAddress ? unit.AddressOf(high) : unchecked(start + high.Number));
        }
    }

    private static int ToInt32(ulong number) => (int)Math.Min(number, int.MaxValue);
}
