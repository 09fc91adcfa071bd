using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Loading;

/// <summary>A loaded native library.</summary>
/// <remarks>
/// Immutable and safe for use by many threads. Loaded once for each path and never unloaded: threads that ran guests
/// have its destructors.
/// </remarks>
internal sealed class WasmtimeLibrary
{
    private static readonly Dictionary<nint, WasmtimeLibrary> s_loaded = [];

    private WasmtimeLibrary(string path, WasmtimeApi api, int? version)
    {
        Path = path;
        Api = api;
        Version = version;
    }

    /// <summary>Its file, or its bare name where the system's loader found it.</summary>
    internal string Path { get; }

    internal WasmtimeApi Api { get; }

    /// <summary>Its major version.</summary>
    /// <value>Null for one that does not tell.</value>
    internal int? Version { get; }

    /// <summary>Finds and loads the library.</summary>
    /// <param name="explicitPath">The one file to try, or null for the usual places.</param>
    internal static WasmtimeLibrary Load(string? explicitPath)
    {
        var places = ImmutableArray.CreateBuilder<LibraryPlace>();
        foreach (var file in LibraryLocator.Files(explicitPath))
        {
            var isPresent = File.Exists(file);
            if (isPresent && NativeLibrary.TryLoad(file, out var handle))
            {
                return Open(handle, file);
            }

            places.Add(new LibraryPlace(file, isPresent));
        }

        if (explicitPath is null)
        {
            if (TryLoadFromSystem(out var handle))
            {
                return Open(handle, LibraryLocator.FileName);
            }

            places.Add(new LibraryPlace(LibraryLocator.FileName, IsPresent: false));
        }

        throw new WasmtimeLibraryMissingException(places.ToImmutable());
    }

    internal static void ThrowIfUnsuitable(string path, SymbolTable symbols, int? version)
    {
        if (symbols.Missing.Count > 0 || version < WasmtimeLibraryUnsuitableException.LeastVersion)
        {
            throw new WasmtimeLibraryUnsuitableException(path, version, [.. symbols.Missing]);
        }
    }

    private static nint AddressOf(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address) ? address : 0;

    // On Windows the loader would look in the current directory too, unless told not to.
    private static bool TryLoadFromSystem(out nint handle) => OperatingSystem.IsWindows()
        ? NativeLibrary.TryLoad(
            LibraryLocator.FileName, typeof(WasmtimeLibrary).Assembly, DllImportSearchPath.System32, out handle)
        : NativeLibrary.TryLoad(LibraryLocator.FileName, out handle);

    private static WasmtimeLibrary Open(nint handle, string path)
    {
        lock (s_loaded)
        {
            if (!s_loaded.TryGetValue(handle, out var library))
            {
                var symbols = new SymbolTable(name => AddressOf(handle, name));
                var api = new WasmtimeApi(symbols);
                var version = symbols.Missing.Count == 0 ? LibraryVersion.Read(api) : null;
                ThrowIfUnsuitable(path, symbols, version);
                api.Register();
                library = new WasmtimeLibrary(path, api, version);
                s_loaded.Add(handle, library);
            }

            return library;
        }
    }
}
