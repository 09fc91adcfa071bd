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
    // A function that came after 34; the library does not tell its version.
    private const string SecondGeneration = "wasmtime_config_gc_support_set";

    private static readonly Dictionary<nint, WasmtimeLibrary> s_loaded = [];

    private WasmtimeLibrary(string path, WasmtimeApi api)
    {
        Path = path;
        Api = api;
        Generation = api.Symbols.Find(SecondGeneration) == 0 ? "34" : "48";
    }

    /// <summary>Its file, or its bare name where the system's loader found it.</summary>
    internal string Path { get; }

    internal WasmtimeApi Api { get; }

    /// <summary>The tested version that it resembles most, told by its functions.</summary>
    internal string Generation { get; }

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
                if (symbols.Missing.Count > 0)
                {
                    throw new WasmtimeLibraryUnsuitableException(path, [.. symbols.Missing]);
                }

                api.Register();
                library = new WasmtimeLibrary(path, api);
                s_loaded.Add(handle, library);
            }

            return library;
        }
    }
}
