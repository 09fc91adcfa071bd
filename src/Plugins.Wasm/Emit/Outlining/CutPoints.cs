using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>Where a function may be cut, in the order of its code.</summary>
internal sealed class CutPoints
{
    public EntryList<CutPoint> Points { get; } = new();

    /// <summary>Whether it may be cut at all: what a branch takes along must be few numbers.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether a branch may take a vector along.</summary>
    public bool CarryVectors { get; private set; }

    public void Add(CutPoint point) => Points.Add(point);

    public void Refuse() => IsRefused = true;

    public void NoteVector() => CarryVectors = true;
}
