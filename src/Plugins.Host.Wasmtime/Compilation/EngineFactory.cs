using System.Text;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Compilation;

/// <summary>Makes native engines: all that Wasmtime can be told before it runs anything.</summary>
internal static unsafe class EngineFactory
{
    private const int PageSpace = 64 * 1024;
    private const long MemorySlotBytes = (4L << 30) + (32L << 20);
    private const long TableElementBytes = 8;

    // What a native frame below the deepest guest frame may need, by which Wasmtime's own stacks must be larger.
    private const int HostStackBytes = 1 << 20;

    /// <summary>Proposals that the embedded engine lacks; both engines take the same modules.</summary>
    private static readonly string[] s_disabled =
    [
        "wasm_threads", "shared_memory", "wasm_tail_call", "wasm_function_references", "wasm_gc", "wasm_relaxed_simd",
        "wasm_simd", "wasm_multi_memory", "wasm_memory64", "wasm_wide_arithmetic", "wasm_exceptions",
        "wasm_custom_page_sizes", "wasm_stack_switching", "wasm_component_model",
    ];

    private static readonly string[] s_enabled =
        ["wasm_reference_types", "wasm_bulk_memory", "wasm_multi_value", "memory_init_cow"];

    internal static EngineHandle Create(
        WasmtimeApi api, WasmtimeEngineOptions options, EngineConfiguration configuration)
    {
        if (configuration.IsPooled)
        {
            ThrowIfTooLarge(options);
        }

        var config = api.Engines.NewConfig();
        api.Engines.SetConsumeFuel(config, configuration.MeterFuel ? (byte)1 : (byte)0);
        api.Engines.SetEpochInterruption(config, 1);
        api.Engines.SetMaxWasmStack(config, (nuint)options.StackBytes);
        SetSize(api, config, "wasmtime_config_async_stack_size_set", options.StackBytes + HostStackBytes);
        foreach (var feature in s_enabled)
        {
            SetFlag(api, config, feature, value: 1);
        }

        foreach (var proposal in s_disabled)
        {
            SetFlag(api, config, proposal, value: 0);
        }

        if (configuration.IsPooled)
        {
            SetPool(api, config, options);
        }

        return new EngineHandle(api, api.Engines.NewEngine(config));
    }

    /// <summary>Every setting that decides what code a module becomes, for a cache's key.</summary>
    internal static string Describe(WasmtimeEngineOptions options, EngineConfiguration configuration)
    {
        var text = new StringBuilder();
        text.Append("fuel=").Append(configuration.MeterFuel).Append(";epochs=True;stack=").Append(options.StackBytes);
        text.Append(";pooled=").Append(configuration.IsPooled);
        return text.Append(";without=").AppendJoin(',', s_disabled).ToString();
    }

    // Making an engine cannot fail in the C API: where it would, the process ends.
    private static void ThrowIfTooLarge(WasmtimeEngineOptions options)
    {
        var bytes = options.PooledInstances * (MemorySlotBytes + (TableElementBytes * options.PooledTableElements));
        if (!AddressSpace.CanReserve((ulong)bytes + MemorySlotBytes))
        {
            throw new WasmtimeAddressSpaceException(options.PooledInstances, bytes);
        }
    }

    private static void SetFlag(WasmtimeApi api, nint config, string name, byte value)
    {
        var setter = (delegate* unmanaged<nint, byte, void>)api.Symbols.Find($"wasmtime_config_{name}_set");
        if (setter is not null)
        {
            setter(config, value);
        }
    }

    private static void SetSize(WasmtimeApi api, nint target, string name, int value)
    {
        var setter = (delegate* unmanaged<nint, nuint, void>)api.Symbols.Find(name);
        if (setter is not null)
        {
            setter(target, (nuint)value);
        }
    }

    // The setters take size_t or uint32_t; a small number is passed in the same register either way.
    private static void SetPool(WasmtimeApi api, nint config, WasmtimeEngineOptions options)
    {
        var pool = api.Engines.NewPool();
        Set("total_core_instances", options.PooledInstances);
        Set("total_memories", options.PooledInstances);
        Set("total_tables", options.PooledInstances);
        Set("total_gc_heaps", options.PooledInstances);
        Set("total_stacks", 0);
        Set("max_memories_per_module", 1);
        Set("max_tables_per_module", 1);
        Set("max_core_instance_size", 256 * PageSpace);
        Set("table_elements", options.PooledTableElements);
        Set("table_keep_resident", PageSpace);
        Set("linear_memory_keep_resident", options.ResidentMemoryBytes);
        api.Engines.SetPool(config, pool);
        api.Engines.DeletePool(pool);

        void Set(string name, int value) =>
            SetSize(api, pool, $"wasmtime_pooling_allocation_config_{name}_set", value);
    }
}
