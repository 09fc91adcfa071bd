namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>Where a text stands.</summary>
internal readonly record struct DwarfText(DwarfSection Section, int Start, int Length);
