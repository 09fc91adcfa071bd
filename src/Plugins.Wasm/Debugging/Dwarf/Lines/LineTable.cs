using System.Runtime.InteropServices;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>The line of each instruction, from all units.</summary>
/// <remarks>DWARF 5, section 6.2.</remarks>
internal sealed class LineTable
{
    /// <summary>The most rows that are kept: 32 MB. Modules of 16 MiB have about a tenth of that.</summary>
    internal const int MaximumRows = 2_000_000;

    /// <summary>The most files and directories that are kept.</summary>
    internal const int MaximumFiles = 200_000;

    private readonly DwarfData _data;
    private readonly List<LineRow> _rows = [];
    private readonly List<LineSequence> _sequences = [];
    private readonly List<SourceFile> _files = [];

    // A unit's files, by where its lines begin: the index of the first, and how many there are.
    private readonly Dictionary<ulong, (int First, int Count)> _units = [];

    private LineTable(DwarfData data) => _data = data;

    public bool IsEmpty => _sequences.Count == 0;

    /// <summary>Reads the lines of all units up to the first that is broken.</summary>
    public static LineTable Read(DwarfData data)
    {
        LineTable table = new(data);
        try
        {
            DwarfReader reader = data.At(DwarfSection.Line, 0);
            while (!reader.IsAtEnd)
            {
                ulong start = (ulong)reader.Position;
                DwarfReader unit = reader.ReadUnit(out int offsetSize);
                table.ReadUnit(unit, start, offsetSize);
            }
        }
        catch (MalformedModuleException)
        {
            // What follows cannot be found.
        }

        table._sequences.Sort((left, right) => left.Start.CompareTo(right.Start));
        return table;
    }

    /// <summary>The position of the instruction at an address, or null.</summary>
    public SourcePosition? Find(uint address)
    {
        ReadOnlySpan<LineSequence> sequences = CollectionsMarshal.AsSpan(_sequences);
        int low = 0, high = sequences.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sequences[middle].Start <= address ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && address < sequences[low - 1].End ? Find(address, sequences[low - 1]) : null;
    }

    /// <summary>A position in a file of the unit whose lines begin at an offset; null without such a file.</summary>
    public SourcePosition? PositionIn(ulong unit, ulong file, int line, int column) =>
        _units.TryGetValue(unit, out (int First, int Count) files) && file < (ulong)files.Count
            ? PositionOf(files.First + (int)file, line, column)
            : null;

    private SourcePosition? Find(uint address, in LineSequence sequence)
    {
        ReadOnlySpan<LineRow> rows = CollectionsMarshal.AsSpan(_rows).Slice(sequence.First, sequence.Count);
        int low = 0, high = rows.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = rows[middle].Address <= address ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? PositionOf(rows[low - 1].File, rows[low - 1].Line, rows[low - 1].Column) : null;
    }

    private SourcePosition? PositionOf(int file, int line, int column) =>
        (uint)file < (uint)_files.Count && _files[file].Name.Length > 0
            ? new SourcePosition(_files[file].Read(_data), line, column)
            : null;

    private void ReadUnit(DwarfReader unit, ulong start, int offsetSize)
    {
        int first = _files.Count;
        try
        {
            LineProgram program = LineProgram.Read(ref unit, _data, offsetSize, _files);
            _units.TryAdd(start, (first, _files.Count - first));
            program.Run(unit, first, _files.Count - first, this);
        }
        catch (MalformedModuleException)
        {
            // The next unit begins where this one says that it ends.
        }
    }

    /// <summary>Whether there is room for another row.</summary>
    internal bool HasRoom => _rows.Count < MaximumRows;

    /// <summary>How many rows there are.</summary>
    internal int RowCount => _rows.Count;

    /// <summary>The last row's address.</summary>
    internal uint LastAddress => _rows[^1].Address;

    internal void Add(LineRow row) => _rows.Add(row);

    /// <summary>Ends a sequence, and keeps it unless it is of code that the linker left out.</summary>
    internal void EndSequence(int firstRow, uint end)
    {
        uint start = _rows.Count > firstRow ? _rows[firstRow].Address : 0;
        if (start > 0 && end > start)
        {
            _sequences.Add(new LineSequence(start, end, firstRow, _rows.Count - firstRow));
        }
        else
        {
            CollectionsMarshal.SetCount(_rows, firstRow);
        }
    }
}
