using System.Text.Json.Serialization;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>One command of a script, in the schema of wabt's wast2json.</summary>
internal sealed record SpecCommand(string Type, int Line)
{
    public string? Name { get; init; }

    public string? Filename { get; init; }

    /// <summary>The definition that a <c>module_instance</c> is made of.</summary>
    public string? Module { get; init; }

    /// <summary>The name that a <c>module_instance</c> gets.</summary>
    public string? Instance { get; init; }

    [JsonPropertyName("module_type")]
    public string? ModuleType { get; init; }

    public string? As { get; init; }

    public string? Text { get; init; }

    public SpecAction? Action { get; init; }

    public SpecValue[] Expected { get; init; } = [];

    /// <summary>Whether the module is given in the text format.</summary>
    [JsonIgnore]
    public bool IsText => ModuleType is "text";
}
