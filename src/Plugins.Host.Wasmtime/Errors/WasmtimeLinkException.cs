using Plugins.Manifest.Text;
using Plugins.Wasm.Types;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>A module's import could not be supplied.</summary>
public sealed class WasmtimeLinkException : WasmtimeException
{
    internal WasmtimeLinkException(ImportType import, FunctionType? actual)
        : base(Compose(import, actual))
    {
        Import = import;
        ActualType = actual;
    }

    /// <summary>The import, as the module declares it.</summary>
    public ImportType Import { get; }

    /// <summary>The type of the function that is defined under its names.</summary>
    /// <value>Null where nothing is.</value>
    public FunctionType? ActualType { get; }

    private static string Compose(ImportType import, FunctionType? actual)
    {
        var name = $"'{VisibleText.Name(import.Module)}' '{VisibleText.Name(import.Name)}'";
        return actual is null
            ? $"Unknown import {name}: the module asks for {import.Type}."
            : $"Incompatible import type for {name}: the module asks for {import.Type}, and {actual} is defined.";
    }
}
