using System.Collections.Immutable;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>A library was found that lacks functions which every supported version of Wasmtime has.</summary>
public sealed class WasmtimeLibraryUnsuitableException : WasmtimeException
{
    internal WasmtimeLibraryUnsuitableException(string path, ImmutableArray<string> missing)
        : base($"'{path}' is not a Wasmtime C API of version 34 or later. It lacks {string.Join(", ", missing)}.")
    {
        Path = path;
        MissingSymbols = missing;
    }

    /// <summary>The library's file, or its name where the system found it.</summary>
    public string Path { get; }

    /// <summary>The functions it lacks.</summary>
    public ImmutableArray<string> MissingSymbols { get; }
}
