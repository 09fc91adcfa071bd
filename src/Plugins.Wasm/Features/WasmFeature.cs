namespace Plugins.Wasm.Features;

/// <summary>A part of WebAssembly that its first version lacked, to be named where an engine lacks it.</summary>
/// <param name="Name">By what toolchains and manifests call it.</param>
/// <param name="Proposal">What the proposal is called, for people.</param>
/// <param name="Remedy">How to build a module that does without.</param>
internal sealed record WasmFeature(string Name, string Proposal, string Remedy)
{
    public static WasmFeature BulkMemory { get; } = Without("bulk-memory", "bulk memory operations");

    public static WasmFeature MultiValue { get; } = Without("multi-value", "multiple results", "multivalue");

    public static WasmFeature MutableGlobals { get; } = Without("mutable-globals", "imported and exported variables");

    public static WasmFeature ReferenceTypes { get; } = Without("reference-types", "reference types");

    public static WasmFeature SaturatingConversion { get; } = Without("nontrapping-fptoint", "saturating conversions");

    public static WasmFeature SignExtension { get; } = Without("sign-ext", "sign extension");

    public static WasmFeature Simd { get; } = new(
        "simd128",
        "fixed-width SIMD",
        "Build it without vectors: -mno-simd128 for clang, -C target-feature=-simd128 for rustc.");

    public static WasmFeature RelaxedSimd { get; } = new(
        "relaxed-simd",
        "relaxed SIMD",
        "Build it without vectors: -mno-relaxed-simd -mno-simd128 for clang, the same target features for rustc.");

    public static WasmFeature Atomics { get; } = new(
        "atomics",
        "threads and atomics",
        "Build it for a single thread: without -pthread, -matomics and shared memory.");

    public static WasmFeature TailCall { get; } = new(
        "tail-call",
        "tail calls",
        "Build it without tail calls: -mno-tail-call for clang, -C target-feature=-tail-call for rustc.");

    public static WasmFeature ExceptionHandling { get; } = new(
        "exception-handling",
        "exception handling",
        "Build it without exceptions: -fno-exceptions for clang, panic=\"abort\" for Rust.");

    public static WasmFeature LegacyExceptions { get; } = new(
        "legacy-exceptions",
        "legacy exception handling",
        "Build it without them: -sWASM_LEGACY_EXCEPTIONS=0 for emscripten, -mllvm -wasm-use-legacy-eh=false for "
        + "clang.");

    public static WasmFeature MultiMemory { get; } = new(
        "multimemory",
        "multiple memories",
        "Build it with one memory, or lower it: wasm-opt --enable-multimemory --multi-memory-lowering.");

    public static WasmFeature Memory64 { get; } = new(
        "memory64",
        "64-bit memories and tables",
        "Build it for wasm32 instead of wasm64.");

    public static WasmFeature ExtendedConst { get; } = new(
        "extended-const",
        "extended constant expressions",
        "Build it without them: -mno-extended-const for clang, -C target-feature=-extended-const for rustc.");

    public static WasmFeature FunctionReferences { get; } = new(
        "function-references",
        "typed function references",
        "Build it without typed references: with plain funcref and call_indirect.");

    public static WasmFeature GarbageCollection { get; } = new(
        "gc",
        "garbage collection",
        "Build it by a compiler that keeps objects in linear memory, such as those for C, Rust, Go or AssemblyScript.");

    public static WasmFeature CustomPageSizes { get; } = new(
        "custom-page-sizes",
        "custom page sizes",
        "Build it with pages of 64 KiB: without --page-size for the linker.");

    public static WasmFeature WideArithmetic { get; } = new(
        "wide-arithmetic",
        "wide arithmetic",
        "Build it without: -mno-wide-arithmetic for clang, -C target-feature=-wide-arithmetic for rustc.");

    public static WasmFeature StackSwitching { get; } = new(
        "stack-switching",
        "stack switching",
        "Build it without continuations.");

    public static WasmFeature ComponentModel { get; } = new(
        "component-model",
        "components",
        "Build a core module: for the target wasm32-unknown-unknown instead of wasm32-wasip2, without wit-component.");

    private static WasmFeature Without(string name, string proposal, string? flag = null) => new(
        name,
        proposal,
        $"Build it without: -mno-{flag ?? name} for clang, -C target-feature=-{flag ?? name} for rustc.");
}
