using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Every engine there is, as the source of fixtures.</summary>
internal static class TestedEngines
{
    /// <summary>The embedded one, and Wasmtime of the package and of the oldest version where that is here.</summary>
    internal static IReadOnlyList<TestedEngine> Available { get; } =
    [
        new TestedEngine("embedded", () => EmbeddedEngine.Instance, new EngineTraits()),
        .. WasmtimeLibraries.Names.Select(Wasmtime),
    ];

    private static TestedEngine Wasmtime(string name) => new(
        $"wasmtime-{name}",
        () => new WasmtimeEngine(new WasmtimeEngineOptions { LibraryPath = WasmtimeLibraries.PathOf(name) }),
        new EngineTraits
        {
            FuelIsExact = false,
            TellsRefusedGrowth = false,
            CountsCallDepth = false,
            CountsTablesTogether = false,
            CapturesAnyState = false,
        });
}
