using Plugins.Wasm.Scanning;

namespace Plugins.Wasm.Emit.Outlining;

/// <summary>A stretch of a function that becomes a method of its own, less those inside that do so too.</summary>
/// <param name="code">Where it is, and which locals cross its borders.</param>
internal sealed class Region(CodeStretch code)
{
    private readonly Dictionary<int, Region> _inner = [];

    public CodeStretch Code { get; } = code;

    /// <summary>The region that begins at an instruction of this one and is in no other in between.</summary>
    public Region? At(int offset) => _inner.GetValueOrDefault(offset);

    /// <summary>Puts one into this one.</summary>
    public void Add(Region inner) => _inner[inner.Code.Start] = inner;
}
