namespace Plugins.Wasm.Diagnostics;

/// <summary>One function of the source that an instruction belongs to.</summary>
/// <param name="InlinedFunction">
/// The function that the compiler inlined there; null for the one that became the module's own.
/// </param>
/// <param name="Position">Where in it the instruction is, or the call of the function before it in the list.</param>
/// <remarks>Immutable and safe for use by many threads. It is what the module says.</remarks>
public readonly record struct SourceFrame(string? InlinedFunction, SourcePosition Position);
