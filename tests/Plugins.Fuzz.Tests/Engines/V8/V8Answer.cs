namespace Plugins.Fuzz.Tests.Engines.V8;

/// <summary>An answer of v8.mjs; numbers are hexadecimal digits of bits.</summary>
internal sealed record V8Answer(Trap Trap, string? Value, string[]? Results, string? Error);
