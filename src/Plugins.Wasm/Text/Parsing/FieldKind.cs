namespace Plugins.Wasm.Text.Parsing;

/// <summary>Fields of a module. WebAssembly 3.0, section 6.6.</summary>
internal enum FieldKind : byte
{
    /// <summary>A type.</summary>
    Type,

    /// <summary>Types that refer to one another.</summary>
    RecursiveTypes,

    /// <summary>An import.</summary>
    Import,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A table.</summary>
    Table,

    /// <summary>A memory.</summary>
    Memory,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>A global.</summary>
    Global,

    /// <summary>An export.</summary>
    Export,

    /// <summary>The start function.</summary>
    Start,

    /// <summary>An element segment.</summary>
    Element,

    /// <summary>A data segment.</summary>
    Data,
}
