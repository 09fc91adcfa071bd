namespace Plugins.Wasm.Scanning;

/// <summary>Instructions of one block that follow each other, with all blocks inside.</summary>
/// <param name="start">Where the first stands.</param>
/// <param name="end">Where the next after the last stands.</param>
/// <param name="fallsThrough">Whether what follows can be reached from the last.</param>
/// <param name="size">About how many instructions of intermediate language it becomes.</param>
internal sealed class CodeStretch(int start, int end, bool fallsThrough, int size)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public bool FallsThrough { get; } = fallsThrough;

    public int Size { get; } = size;

    /// <summary>The locals that it reads or sets.</summary>
    public int[] Used { get; set; } = [];

    /// <summary>Those whose value from before may be read in it or, where it does not set them, after it.</summary>
    public int[] Inputs { get; set; } = [];

    /// <summary>How many blocks around it the branches in it go to.</summary>
    public int Exits { get; set; }

    /// <summary>Those that it sets and that may be read after it.</summary>
    public int[] Outputs { get; set; } = [];
}
