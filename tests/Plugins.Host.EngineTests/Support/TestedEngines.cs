using Plugins.Host.Engines;
using Plugins.Host.Wasmtime;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.EngineTests.Support;

/// <summary>Every engine there is, as the source of fixtures.</summary>
internal static class TestedEngines
{
    /// <summary>Those that can run here; <see cref="AvailabilityTests"/> tells which are missing and why.</summary>
    internal static IReadOnlyList<TestedEngine> Available { get; } =
    [
        new TestedEngine("embedded", () => EmbeddedEngine.Instance, new EngineTraits()),
        .. WasmtimeLibraries.Names.Where(name => File.Exists(WasmtimeLibraries.PathOf(name))).Select(Wasmtime),
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
