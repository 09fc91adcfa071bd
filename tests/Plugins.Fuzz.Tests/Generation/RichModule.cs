namespace Plugins.Fuzz.Tests.Generation;

/// <summary>Valid modules of WebAssembly 3.0 and proposals, by <c>wasm-tools smith</c>; not to be run.</summary>
internal static class RichModule
{
    // Proposals that the text format here does not know.
    private static readonly string[] s_disabled =
    [
        "compact-imports", "custom-descriptors", "acquire-release-atomics", "shared-everything-threads",
        "multibyte-array-access",
    ];

    private static readonly string[] s_enabled =
    [
        "gc", "exceptions", "simd", "relaxed-simd", "tail-call", "threads", "memory64", "wide-arithmetic",
        "extended-const", "custom-page-sizes",
    ];

    private static readonly string[] s_arguments =
    [
        "smith", "--max-memories", "4", "--max-tables", "4", "--min-funcs", "2", "--min-types", "4",
        "--max-instructions", "400",
        .. s_enabled.SelectMany(feature => new[] { $"--{feature}-enabled", "true" }),
        .. s_disabled.SelectMany(feature => new[] { $"--{feature}-enabled", "false" }),
    ];

    /// <summary>The module of a seed; null for the rare seed that the generator can make nothing of.</summary>
    internal static byte[]? Generate(string wasmTools, long seed) => ToolRun.TryRun(
        wasmTools, new SeededBytes(seed).Take(1_000 + (int)(seed * 7919 % 12_000)), s_arguments);
}
