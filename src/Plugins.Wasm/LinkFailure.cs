namespace Plugins.Wasm;

/// <summary>The reason an import could not be supplied.</summary>
/// <remarks>WebAssembly 2.0, section 4.5.4.</remarks>
public enum LinkFailure
{
    /// <summary>Nothing is defined under the two names.</summary>
    UnknownImport,

    /// <summary>The definition is of another type.</summary>
    IncompatibleImportType,
}
