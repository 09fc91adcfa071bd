namespace Plugins.Wasm.Text.Printing;

/// <summary>A block that is not closed yet.</summary>
/// <param name="Opcode">What opened it; a block's where nothing but its end may come any more.</param>
/// <param name="Label">What branches call it, or null.</param>
internal readonly record struct OpenBlock(byte Opcode, string? Label);
