namespace Plugins.Wasm.Types;

/// <summary>The sections of a module by their numbers in the binary format.</summary>
/// <remarks>WebAssembly 2.0, section 5.5.2.</remarks>
public enum SectionId
{
    /// <summary>Data of the module's tools under a name; it never changes what the module does.</summary>
    Custom = 0,

    /// <summary>Function types.</summary>
    Type = 1,

    /// <summary>Imports.</summary>
    Import = 2,

    /// <summary>The type of each function.</summary>
    Function = 3,

    /// <summary>Tables.</summary>
    Table = 4,

    /// <summary>Memories.</summary>
    Memory = 5,

    /// <summary>Globals and their initial values.</summary>
    Global = 6,

    /// <summary>Exports.</summary>
    Export = 7,

    /// <summary>The function that runs at instantiation.</summary>
    Start = 8,

    /// <summary>References to copy into tables.</summary>
    Element = 9,

    /// <summary>The code of each function.</summary>
    Code = 10,

    /// <summary>Bytes to copy into memories.</summary>
    Data = 11,

    /// <summary>The number of data segments, known before the code.</summary>
    DataCount = 12,

    /// <summary>Tags: the kinds of exceptions that code throws and catches.</summary>
    Tag = 13,
}
