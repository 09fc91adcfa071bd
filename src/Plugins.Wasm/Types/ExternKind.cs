namespace Plugins.Wasm.Types;

/// <summary>The kind of an import or export; each member's number is its byte in the binary format.</summary>
/// <remarks>WebAssembly 3.0, section 5.4.1.</remarks>
public enum ExternKind : byte
{
    /// <summary>A function.</summary>
    Function = 0,

    /// <summary>A table of references.</summary>
    Table = 1,

    /// <summary>A linear memory.</summary>
    Memory = 2,

    /// <summary>A global variable.</summary>
    Global = 3,

    /// <summary>A tag: a kind of exception.</summary>
    Tag = 4,
}
