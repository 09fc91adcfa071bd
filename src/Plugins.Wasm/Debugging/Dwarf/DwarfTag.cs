namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>The kinds of entries that are looked at.</summary>
/// <remarks>DWARF 5, section 7.5.3.</remarks>
internal enum DwarfTag
{
    InlinedSubroutine = 0x1D,
    Subprogram = 0x2E,
}
