namespace Plugins.Wasm.Text.Writing;

/// <summary>Subsections of the name section. WebAssembly 3.0, appendix A.4.</summary>
internal enum NameKind : byte
{
    /// <summary>The module's name.</summary>
    Module = 0,

    /// <summary>Functions.</summary>
    Function = 1,

    /// <summary>Locals within functions.</summary>
    Local = 2,

    /// <summary>Labels within functions.</summary>
    Label = 3,

    /// <summary>Types.</summary>
    Type = 4,

    /// <summary>Tables.</summary>
    Table = 5,

    /// <summary>Memories.</summary>
    Memory = 6,

    /// <summary>Globals.</summary>
    Global = 7,

    /// <summary>Element segments.</summary>
    Element = 8,

    /// <summary>Data segments.</summary>
    Data = 9,

    /// <summary>Fields within structure types.</summary>
    Field = 10,

    /// <summary>Tags.</summary>
    Tag = 11,
}
