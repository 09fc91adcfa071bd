using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Types;

namespace Plugins.Wasm;

/// <summary>A module's import could not be supplied.</summary>
public sealed class LinkException : WasmException
{
    internal LinkException(ImportType import, ExternType? actual)
        : base(Compose(import, actual))
    {
        Import = import;
        ActualType = actual;
    }

    /// <summary>The import that the module asked for.</summary>
    public ImportType Import { get; }

    /// <summary>The type of the definition under its names, or null where there is none.</summary>
    public ExternType? ActualType { get; }

    /// <summary>The reason it could not be supplied.</summary>
    public LinkFailure Failure =>
        ActualType is null ? LinkFailure.UnknownImport : LinkFailure.IncompatibleImportType;

    private static string Compose(ImportType import, ExternType? actual)
    {
        string name = $"'{ForeignText.Name(import.Module)}' '{ForeignText.Name(import.Name)}'";
        string asked = ForeignText.Type(import.Type);
        return actual is null
            ? $"Unknown import {name}: the module asks for {asked}."
            : $"Incompatible import type for {name}: the module asks for {asked}, "
                + $"and {ForeignText.Type(actual)} is defined.";
    }
}
