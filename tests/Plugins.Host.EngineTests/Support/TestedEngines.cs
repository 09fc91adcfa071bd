using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Every engine there is, in every mode, as the source of fixtures.</summary>
internal static class TestedEngines
{
    /// <summary>The embedded one, and Wasmtime of the package and of the oldest version where that is here.</summary>
    internal static IReadOnlyList<TestedEngine> Available { get; } =
    [
        Embedded(ExecutionMode.Tiered),
        Embedded(ExecutionMode.Interpreted),
        Embedded(ExecutionMode.Compiled),
        .. WasmtimeLibraries.Names.Select(Wasmtime),
    ];

    private static TestedEngine Embedded(ExecutionMode mode) => new(
        $"embedded-{mode.ToString().ToLowerInvariant()}",
        () => new EmbeddedEngine(new EmbeddedEngineOptions { Mode = mode }),
        new EngineTraits { Compiles = mode != ExecutionMode.Interpreted });

    private static TestedEngine Wasmtime(string name) => new(
        $"wasmtime-{name}",
        () => new WasmtimeEngine(new WasmtimeEngineOptions { LibraryPath = WasmtimeLibraries.PathOf(name) }),
        new EngineTraits
        {
            TellsFunctions = false,
            FuelIsExact = false,
            TellsRefusedGrowth = false,
            CountsCallDepth = false,
            CountsTablesTogether = false,
            CapturesAnyState = false,
        });
}
