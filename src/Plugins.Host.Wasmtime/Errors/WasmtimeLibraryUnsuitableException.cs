using System.Collections.Immutable;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The library that was found is older than any supported version of Wasmtime, or something else.</summary>
public sealed class WasmtimeLibraryUnsuitableException : WasmtimeException
{
    internal WasmtimeLibraryUnsuitableException(string path, int? version, ImmutableArray<string> missing)
        : base(Compose(path, version, missing))
    {
        Path = path;
        Version = version;
        MissingSymbols = missing;
    }

    /// <summary>The oldest major version of Wasmtime that serves.</summary>
    public static int LeastVersion => 48;

    /// <summary>The library's file, or its name where the system found it.</summary>
    public string Path { get; }

    /// <summary>The library's major version.</summary>
    /// <value>Null where it lacks functions, and could not be asked.</value>
    public int? Version { get; }

    /// <summary>The required functions that it lacks.</summary>
    public ImmutableArray<string> MissingSymbols { get; }

    private static string Compose(string path, int? version, ImmutableArray<string> missing) => version is null
        ? $"'{path}' is not Wasmtime {LeastVersion} or later. It lacks {string.Join(", ", missing)}."
        : $"'{path}' is Wasmtime {version}; version {LeastVersion} or later is needed.";
}
