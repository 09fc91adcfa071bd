using System.Collections.Immutable;
using Plugins.Host.Errors;
using Plugins.Wasm.Debugging;

namespace Plugins.Host.Engines;

/// <summary>Adds lines of the source to what an engine tells of a trap.</summary>
/// <param name="module">The plugin's module.</param>
/// <param name="sourceMap">Its source map; empty where the application gave none.</param>
/// <remarks>
/// Debug information is read at the first trap; plugins of the same code share it. Safe for use by many threads.
/// </remarks>
internal sealed class GuestSources(IEngineModule module, ReadOnlyMemory<byte> sourceMap)
{
    // As many as engines give.
    private const int MaximumFrames = 64;

    private SourcePositions? _positions;

    private SourcePositions Positions =>
        _positions ??= sourceMap.IsEmpty ? module.Sources : module.Sources.WithSourceMap(sourceMap);

    /// <summary>The frames with their lines, and between them those of functions that were inlined.</summary>
    internal ImmutableArray<GuestFrame> Complete(ImmutableArray<GuestFrame> backtrace)
    {
        if (backtrace.All(frame => frame.Offset is null) || Positions.IsEmpty)
        {
            return backtrace;
        }

        return [.. backtrace.SelectMany(Expand).Take(MaximumFrames)];
    }

    private IEnumerable<GuestFrame> Expand(GuestFrame frame)
    {
        var sources = frame.Offset is { } offset ? Positions.Find(offset) : [];
        foreach (var source in sources)
        {
            yield return source.InlinedFunction is { } inlined
                ? frame with { Name = inlined, Source = source.Position, IsInlined = true }
                : frame with { Source = source.Position };
        }

        if (sources is not [.., { InlinedFunction: null }])
        {
            yield return frame;
        }
    }
}
