namespace Plugins.Wasm.Text.Printing;

/// <summary>How something is called in the text.</summary>
/// <param name="Identifier">With its dollar sign, or null: then it has a number only.</param>
/// <param name="Annotation">The name that the module gives it, where the identifier is not that, or null.</param>
internal readonly record struct PrintedName(string? Identifier, string? Annotation);
