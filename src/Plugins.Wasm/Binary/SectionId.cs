namespace Plugins.Wasm.Binary;

/// <summary>The sections of a module by their numbers in the binary format.</summary>
/// <remarks>WebAssembly 2.0, section 5.5.2.</remarks>
internal enum SectionId : byte
{
    Custom = 0,
    Type = 1,
    Import = 2,
    Function = 3,
    Table = 4,
    Memory = 5,
    Global = 6,
    Export = 7,
    Start = 8,
    Element = 9,
    Code = 10,
    Data = 11,
    DataCount = 12,

    /// <summary>Of the exception handling proposal, which the engine lacks.</summary>
    Tag = 13,
}
