namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>The attributes that are looked at.</summary>
/// <remarks>DWARF 5, section 7.5.4.</remarks>
internal enum DwarfAttribute
{
    Name = 0x03,
    StatementList = 0x10,
    LowPc = 0x11,
    HighPc = 0x12,
    AbstractOrigin = 0x31,
    Specification = 0x47,
    Ranges = 0x55,
    CallColumn = 0x57,
    CallFile = 0x58,
    CallLine = 0x59,
    LinkageName = 0x6E,
    StrOffsetsBase = 0x72,
    AddrBase = 0x73,
    RnglistsBase = 0x74,
}
