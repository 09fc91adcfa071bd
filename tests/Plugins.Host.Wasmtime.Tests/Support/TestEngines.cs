using System.Collections.Concurrent;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>One engine for each library, shared by all tests, as an application would.</summary>
internal static class TestEngines
{
    private static readonly ConcurrentDictionary<string, WasmtimeEngine> Made = new(StringComparer.Ordinal);

    public static WasmtimeEngine For(string library) =>
        Made.GetOrAdd(
            WasmtimeLibraries.Require(library),
            path => Make(new WasmtimeEngineOptions { LibraryPath = path }));

    /// <summary>An engine of the test's own, on the newest library unless the options name another.</summary>
    public static WasmtimeEngine Make(WasmtimeEngineOptions options) =>
        new(options.LibraryPath is null ? options with { LibraryPath = WasmtimeLibraries.Newest } : options);
}
