using System.Text.Json.Serialization;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>One command of a script, in the schema of wabt's wast2json.</summary>
internal sealed record SpecCommand(string Type, int Line)
{
    public string? Name { get; init; }

    public string? Filename { get; init; }

    [JsonPropertyName("module_type")]
    public string? ModuleType { get; init; }

    public string? As { get; init; }

    public string? Text { get; init; }

    public SpecAction? Action { get; init; }

    public SpecValue[] Expected { get; init; } = [];

    /// <summary>
    /// Why this command cannot be run, or null. The only exceptions to the suite; see docs/conformance.md.
    /// </summary>
    /// <remarks>A module given as text tests the parser of the text format, which this engine does not have.</remarks>
    [JsonIgnore]
    public string? SkipReason => ModuleType is "text" ? "its module is text" : null;
}
