namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around configurations, engines and modules.</summary>
internal sealed unsafe class EngineFunctions
{
    internal readonly delegate* unmanaged<nint> NewConfig;
    internal readonly delegate* unmanaged<nint, byte, void> SetConsumeFuel;
    internal readonly delegate* unmanaged<nint, byte, void> SetEpochInterruption;
    internal readonly delegate* unmanaged<nint, nuint, void> SetMaxWasmStack;
    internal readonly delegate* unmanaged<nint> NewPool;
    internal readonly delegate* unmanaged<nint, void> DeletePool;
    internal readonly delegate* unmanaged<nint, nint, void> SetPool;
    internal readonly delegate* unmanaged<nint, nint> NewEngine;
    internal readonly delegate* unmanaged<nint, void> DeleteEngine;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, void> IncrementEpoch;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> NewModule;
    internal readonly delegate* unmanaged<nint, void> DeleteModule;
    internal readonly delegate* unmanaged<nint, ByteVector*, nint> SerializeModule;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> DeserializeModule;

    internal EngineFunctions(SymbolTable symbols)
    {
        NewConfig = (delegate* unmanaged<nint>)symbols.Require("wasm_config_new");
        SetConsumeFuel = (delegate* unmanaged<nint, byte, void>)symbols.Require("wasmtime_config_consume_fuel_set");
        SetEpochInterruption =
            (delegate* unmanaged<nint, byte, void>)symbols.Require("wasmtime_config_epoch_interruption_set");
        SetMaxWasmStack = (delegate* unmanaged<nint, nuint, void>)symbols.Require("wasmtime_config_max_wasm_stack_set");
        NewPool = (delegate* unmanaged<nint>)symbols.Require("wasmtime_pooling_allocation_config_new");
        DeletePool = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_pooling_allocation_config_delete");
        SetPool = (delegate* unmanaged<nint, nint, void>)symbols.Require("wasmtime_pooling_allocation_strategy_set");
        NewEngine = (delegate* unmanaged<nint, nint>)symbols.Require("wasm_engine_new_with_config");
        DeleteEngine = (delegate* unmanaged<nint, void>)symbols.Require("wasm_engine_delete");
        IncrementEpoch = (delegate* unmanaged[SuppressGCTransition]<nint, void>)symbols.Require(
            "wasmtime_engine_increment_epoch");
        NewModule = (delegate* unmanaged<nint, byte*, nuint, nint*, nint>)symbols.Require("wasmtime_module_new");
        DeleteModule = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_module_delete");
        SerializeModule =
            (delegate* unmanaged<nint, ByteVector*, nint>)symbols.Require("wasmtime_module_serialize");
        DeserializeModule = (delegate* unmanaged<nint, byte*, nuint, nint*, nint>)symbols.Require(
            "wasmtime_module_deserialize");
    }
}
