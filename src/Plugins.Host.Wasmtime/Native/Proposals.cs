using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plugins.Host.Wasmtime.Native;

/// <summary>The WebAssembly features of this engine: what it names is what it switches on.</summary>
internal static class Proposals
{
    /// <summary>Features that the library always has.</summary>
    private static readonly string[] s_always =
        ["extended-const", "mutable-globals", "nontrapping-fptoint", "sign-ext"];

    /// <summary>Everything that is switched, in this order: a proposal goes before those that it needs.</summary>
    internal static ImmutableArray<Proposal> Switched { get; } =
    [
        new("wasm_reference_types", "reference-types") { IsOn = true },
        new("wasm_bulk_memory", "bulk-memory") { IsOn = true },
        new("wasm_multi_value", "multi-value") { IsOn = true },
        new("wasm_threads", "atomics"),
        new("shared_memory", "atomics"),
        new("wasm_tail_call", "tail-call") { IsOn = true },
        new("wasm_stack_switching", "stack-switching"),

        // Constants that read the module's own globals came with it. What else it allows is refused beforehand, by the
        // name of gc: nothing bounds the objects of a guest there.
        new("wasm_gc", "extended-const") { IsOn = true },
        new("wasm_function_references", "function-references") { IsOn = true },

        new("wasm_relaxed_simd", "relaxed-simd") { IsOn = true },
        new("wasm_relaxed_simd_deterministic", "relaxed-simd") { IsOn = true },
        new("wasm_simd", "simd128") { IsOn = true },
        new("wasm_multi_memory", "multimemory") { IsOn = true },
        new("wasm_memory64", "memory64") { IsOn = true },
        new("wasm_wide_arithmetic", "wide-arithmetic") { IsOn = true },
        new("wasm_exceptions", "exception-handling"),
        new("wasm_custom_page_sizes", "custom-page-sizes") { IsOn = true },
        new("wasm_component_model", "component-model"),
        new("wasm_compact_imports", "compact-imports") { IsNewer = true },
    ];

    /// <summary>The names of the features that modules may use.</summary>
    internal static FrozenSet<string> Features { get; } = FrozenSet.ToFrozenSet(
        [.. s_always, .. Switched.Where(proposal => proposal.IsOn).Select(proposal => proposal.Feature)],
        StringComparer.Ordinal);
}
