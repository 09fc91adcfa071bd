using Plugins.Wasm;

namespace Plugins.Fuzz.Tests.Comparing;

/// <summary>Where the embedded engine refuses what Wasmtime accepts, on purpose.</summary>
internal static class KnownDifferences
{
    /// <summary>The difference that explains a refusal, or null.</summary>
    internal static string? Explain(byte[] module, WasmException refusal) => refusal switch
    {
        ModuleLimitException limit => $"limit: {limit.Limit}",
        UnsupportedFeatureException unsupported when !Module.Features.Contains(unsupported.Feature) =>
            $"feature: {unsupported.Feature}",
        _ => null,
    };
}
