namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Which regions of a function were run while it was interpreted.</summary>
/// <param name="offsets">Where they begin in the module, in ascending order.</param>
/// <param name="cells">The instructions that note it.</param>
internal sealed class CodeNotes(int[] offsets, int[] cells)
{
    private readonly bool[] _wasRun = new bool[cells.Length];

    /// <summary>Takes what was noted by now.</summary>
    /// <param name="code">The function's first instruction.</param>
    /// <returns>Those notes, which change no more.</returns>
    public unsafe CodeNotes Read(Cell* code)
    {
        var read = new CodeNotes(offsets, cells);
        for (int i = 0; i < cells.Length; i++)
        {
            read._wasRun[i] = Volatile.Read(ref code[cells[i]].Number) != 0;
        }

        return read;
    }

    /// <summary>Whether nothing between two offsets was run.</summary>
    /// <param name="start">The first instruction's.</param>
    /// <param name="end">That of the one after the last.</param>
    public bool IsCold(int start, int end)
    {
        // What stands before the first region that begins there belongs to the one before.
        int region = Array.BinarySearch(offsets, start);
        for (int i = region < 0 ? Math.Max(0, ~region - 1) : region; i < offsets.Length && offsets[i] < end; i++)
        {
            if (_wasRun[i])
            {
                return false;
            }
        }

        return true;
    }
}
