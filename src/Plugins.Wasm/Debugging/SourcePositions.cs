using System.Collections.Immutable;
using Plugins.Wasm.Debugging.Dwarf;
using Plugins.Wasm.Debugging.SourceMaps;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Debugging;

/// <summary>Tells which lines of the source a module's instructions come from.</summary>
/// <remarks>
/// Reads DWARF 2 to 5 and source maps of revision 3, when it is first asked: no sooner, and once. What is broken in
/// them is left out, and never an error; rows, files and functions past fixed numbers are left out as well. Nothing is
/// ever opened or fetched. Immutable to its users, and safe for use by many threads; nothing to dispose.
/// </remarks>
public sealed class SourcePositions
{
    private readonly DebugSections _sections;
    private readonly Lazy<DwarfPositions?> _dwarf;
    private readonly Lazy<SourceMap?> _map;

    /// <summary>Takes a module, and a source map for it where it has one.</summary>
    /// <param name="module">The module in the binary format, kept. It need not be valid.</param>
    /// <param name="sourceMap">
    /// The source map as JSON in UTF-8, kept; empty for none. It goes before what the module itself has.
    /// </param>
    public SourcePositions(ReadOnlyMemory<byte> module, ReadOnlyMemory<byte> sourceMap = default)
    {
        _sections = new DebugSections(module);
        _dwarf = new Lazy<DwarfPositions?>(() => DwarfPositions.Read(_sections));
        _map = new Lazy<SourceMap?>(() => SourceMap.TryRead(sourceMap) ?? SourceMap.TryRead(_sections.EmbeddedMap));
    }

    private SourcePositions(SourcePositions module, ReadOnlyMemory<byte> sourceMap)
    {
        _sections = module._sections;
        _dwarf = module._dwarf;
        _map = new Lazy<SourceMap?>(() => SourceMap.TryRead(sourceMap) ?? module._map.Value);
    }

    /// <summary>The module's <c>sourceMappingURL</c>, which names its source map.</summary>
    /// <value>Null where it has none, and where it is longer than 2,000 bytes, as one is that holds the map.</value>
    /// <remarks>It is what the module says; nothing here follows it.</remarks>
    public string? SourceMapUrl => _sections.SourceMapUrl;

    /// <summary>Whether anything is known of any instruction.</summary>
    public bool IsEmpty => _map.Value is null && _dwarf.Value is null;

    /// <summary>The same module with a source map, which goes before what is known already.</summary>
    /// <param name="sourceMap">The source map as JSON in UTF-8, kept.</param>
    public SourcePositions WithSourceMap(ReadOnlyMemory<byte> sourceMap) => new(this, sourceMap);

    /// <summary>Finds the source of an instruction.</summary>
    /// <param name="offset">The instruction, in bytes from the module's start.</param>
    /// <returns>
    /// The functions that were inlined there, innermost first, and last the one that holds it; empty where nothing is
    /// known. At most 32.
    /// </returns>
    public ImmutableArray<SourceFrame> Find(int offset)
    {
        (int start, int end) = _sections.FunctionAt(offset);
        if (end == 0)
        {
            return [];
        }

        return _map.Value?.Find(offset, start) is SourcePosition position
            ? [new SourceFrame(null, position)]
            : _dwarf.Value?.Find(offset - _sections.CodeStart) ?? [];
    }
}
