namespace Plugins.Wasm.Translation;

/// <summary>Where the cells of one function come from.</summary>
internal sealed class CellOrigins
{
    private readonly List<(int Cell, int Offset)> _starts = [];

    /// <summary>Says that an instruction's cells begin behind those that there are.</summary>
    public void Add(int cells, int offset)
    {
        // What was taken back since is made again by the instruction that comes now.
        while (_starts is [.., (int last, _)] && last > cells)
        {
            _starts.RemoveAt(_starts.Count - 1);
        }

        _starts.Add((cells, offset));
    }

    /// <summary>The offset of the instruction that made a cell; null before the first.</summary>
    public int? Find(int cell)
    {
        // Of several that begin there, all but the last made none.
        int next = _starts.FindIndex(start => start.Cell > cell);
        int found = (next < 0 ? _starts.Count : next) - 1;
        return found < 0 ? null : _starts[found].Offset;
    }
}
