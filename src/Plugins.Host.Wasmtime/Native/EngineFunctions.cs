namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around engines and modules.</summary>
internal sealed unsafe class EngineFunctions
{
    internal readonly delegate* unmanaged<nint, nint> NewEngine;
    internal readonly delegate* unmanaged<nint, void> DeleteEngine;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, void> IncrementEpoch;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> NewModule;
    internal readonly delegate* unmanaged<nint, void> DeleteModule;
    internal readonly delegate* unmanaged<nint, ByteVector*, nint> SerializeModule;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> DeserializeModule;

    internal EngineFunctions(SymbolTable symbols)
    {
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
