namespace Plugins.Fuzz.Tests.Native;

/// <summary>An engine of one configuration that has only what the embedded engine has.</summary>
internal sealed class WasmtimeEngine : IDisposable
{
    private static readonly string[] s_disabled =
    [
        "wasm_threads", "wasm_stack_switching", "wasm_compact_imports",
    ];

    // With garbage collection come constants that read the module's own globals.
    private static readonly string[] s_enabled =
    [
        "wasm_function_references", "wasm_gc", "wasm_tail_call", "wasm_multi_memory", "wasm_memory64",
        "wasm_wide_arithmetic", "wasm_custom_page_sizes", "wasm_exceptions",
    ];

    internal unsafe WasmtimeEngine(WasmtimeApi api, bool epochs, bool fuel, int stackBytes)
    {
        Api = api;
        nint config = api.ConfigNew();

        api.Set(config, "wasm_relaxed_simd_deterministic", value: true);
        foreach (string feature in s_disabled)
        {
            api.Set(config, feature, value: false);
        }

        foreach (string feature in s_enabled)
        {
            api.Set(config, feature, value: true);
        }

        api.Set(config, "epoch_interruption", epochs);
        api.Set(config, "consume_fuel", fuel);

        // In this order: the first may not be larger than the second, or the library aborts the process.
        api.Set(config, "async_stack_size", (nuint)stackBytes);
        api.Set(config, "max_wasm_stack", (nuint)stackBytes);
        Handle = api.EngineNewWithConfig(config);
        MetersFuel = fuel;
        HasEpochs = epochs;
    }

    internal WasmtimeApi Api { get; }

    internal nint Handle { get; }

    internal bool MetersFuel { get; }

    internal bool HasEpochs { get; }

    /// <summary>Why the module is refused; null when it is not.</summary>
    internal unsafe string? Validate(ReadOnlySpan<byte> module)
    {
        fixed (byte* bytes = module)
        {
            return Api.TakeMessage(Api.ModuleValidate(Handle, bytes, (nuint)module.Length));
        }
    }

    /// <summary>The compiled module, or 0 and the reason.</summary>
    internal unsafe nint Compile(ReadOnlySpan<byte> module, out string? error)
    {
        nint compiled = 0;
        fixed (byte* bytes = module)
        {
            error = Api.TakeMessage(Api.ModuleNew(Handle, bytes, (nuint)module.Length, &compiled));
        }

        return compiled;
    }

    public unsafe void Dispose() => Api.EngineDelete(Handle);
}
