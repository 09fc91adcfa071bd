namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>The sections that are read.</summary>
internal enum DwarfSection
{
    Abbrev,
    Addr,
    Info,
    Line,
    LineStr,
    Ranges,
    Rnglists,
    Str,
    StrOffsets,
}
