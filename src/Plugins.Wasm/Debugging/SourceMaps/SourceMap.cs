using System.Text.Json;
using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm.Debugging.SourceMaps;

/// <summary>A source map, whose columns are offsets in the module.</summary>
/// <remarks>
/// ECMA-426, "Source map format"; of a map with sections, nothing is read. The root, which is for those who would open
/// the files, is left out of their names: AssemblyScript makes up a folder there.
/// </remarks>
internal sealed class SourceMap
{
    private const int SupportedVersion = 3;
    private const int MaximumSources = 100_000;

    private readonly string?[] _sources;
    private readonly Mapping[] _mappings;

    private SourceMap(string?[] sources, Mapping[] mappings)
    {
        _sources = sources;
        _mappings = mappings;
    }

    /// <summary>Reads a map; null where it is none, or broken, or of another version.</summary>
    public static SourceMap? TryRead(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        try
        {
            return Read(new Utf8JsonReader(json.Span));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A text that is no UTF-8 is the latter.
            return null;
        }
    }

    /// <summary>The position of the nearest mapping before an offset, from its function's start on.</summary>
    public SourcePosition? Find(int offset, int start)
    {
        int low = 0, high = _mappings.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _mappings[middle].Offset <= offset ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && _mappings[low - 1] is var mapping
            && mapping.Offset >= start
            && (uint)mapping.Source < (uint)_sources.Length
            && _sources[mapping.Source] is string file
                ? new SourcePosition(file, mapping.Line, mapping.Column)
                : null;
    }

    private static SourceMap? Read(Utf8JsonReader reader)
    {
        reader.Read();
        string?[] sources = [];
        Mapping[] mappings = [];
        int version = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isVersion = reader.ValueTextEquals("version"u8);
            bool isSources = reader.ValueTextEquals("sources"u8);
            bool isMappings = reader.ValueTextEquals("mappings"u8);
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.Number)
            {
                version = reader.TryGetInt32(out int number) ? number : 0;
            }
            else if (isSources && reader.TokenType == JsonTokenType.StartArray)
            {
                sources = ReadSources(ref reader);
            }
            else if (isMappings && reader.TokenType == JsonTokenType.String)
            {
                // Base64 needs no escapes, and who writes some anyway gets nothing.
                mappings = reader.HasValueSequence ? [] : Mapping.ReadAll(reader.ValueSpan);
            }
            else
            {
                reader.Skip();
            }
        }

        return version == SupportedVersion && mappings.Length > 0
            ? new SourceMap(Array.ConvertAll(sources, NameOf), mappings)
            : null;
    }

    private static string?[] ReadSources(ref Utf8JsonReader reader)
    {
        List<string?> sources = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (sources.Count < MaximumSources)
            {
                sources.Add(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);
            }

            reader.Skip();
        }

        return [.. sources];
    }

    private static string? NameOf(string? source) =>
        source is null ? null : ForeignText.Cut(source, ForeignText.NameBytes);
}
