using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Instructions that the same handlers are for.</summary>
/// <param name="start">The first cell.</param>
/// <param name="end">The cell after the last.</param>
internal sealed class ProtectedRegion(int start, int end)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    /// <summary>The innermost of the regions around it.</summary>
    public ProtectedRegion? Parent { get; set; }

    /// <summary>Those of inner blocks first.</summary>
    public EntryList<ExceptionHandler> Handlers { get; } = new();
}
