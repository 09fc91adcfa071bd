using System.Collections.Concurrent;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>One engine for each library, shared by all tests, as an application would.</summary>
internal static class TestEngines
{
    private static readonly ConcurrentDictionary<string, WasmtimeEngine> Made = new(StringComparer.Ordinal);

    public static WasmtimeEngine For(string library) =>
        Made.GetOrAdd(library, name => new WasmtimeEngine(Options(name)));

    /// <summary>The default options, on that library.</summary>
    public static WasmtimeEngineOptions Options(string library) =>
        new() { LibraryPath = WasmtimeLibraries.PathOf(library) };
}
