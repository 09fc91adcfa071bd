namespace Plugins.Wasm.Text.Parsing;

/// <summary>A block's label: what branches call it, and what it is called in the name section.</summary>
internal readonly record struct BlockLabel(string? Identifier, string? Name);
