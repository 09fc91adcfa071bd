using Plugins.Wasm;

namespace Plugins.Benchmarks.Real;

/// <summary>An engine and how it is set, as the script names it.</summary>
/// <param name="Name">
/// <c>compiled</c>, <c>tiered</c> or <c>interpreted</c> for the embedded engine, or <c>wasmtime</c>; with
/// <c>-guards</c>, <c>-fuel</c>, or <c>-cached</c> for Wasmtime with fuel and modules that it compiled before.
/// </param>
internal sealed record Setting(string Name)
{
    internal bool MetersFuel => !Name.EndsWith("-guards", StringComparison.Ordinal);

    /// <summary>Time until an engine that compiles while it runs has compiled what is hot.</summary>
    internal TimeSpan Settling => Name.StartsWith("tiered", StringComparison.Ordinal)
        ? TimeSpan.FromSeconds(2)
        : TimeSpan.FromSeconds(0.3);

    /// <param name="cache">Where compiled modules are kept, for the settings that keep any.</param>
    internal IRealGuest NewGuest(string? cache = null) => Name.Split('-')[0] switch
    {
        "wasmtime" => new WasmtimeRealGuest(MetersFuel, Name == "wasmtime-cached" ? cache : null),
        string mode => new EmbeddedRealGuest(new ModuleOptions
        {
            MeterFuel = MetersFuel,
            Mode = Enum.Parse<ExecutionMode>(mode, ignoreCase: true),
        }),
    };
}
