namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around linkers, function types and prepared instances.</summary>
internal sealed unsafe class LinkFunctions
{
    internal readonly delegate* unmanaged<nint, nint> NewLinker;
    internal readonly delegate* unmanaged<nint, void> DeleteLinker;
    internal readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint, nint, nint, nint, nint> Define;
    internal readonly delegate* unmanaged<nint, nint, nint*, nint> Prepare;
    internal readonly delegate* unmanaged<nint, void> DeletePrepared;
    internal readonly delegate* unmanaged<nint, nint, InstanceReference*, nint*, nint> Instantiate;
    internal readonly delegate* unmanaged<byte, nint> NewValueType;
    internal readonly delegate* unmanaged<ByteVector*, nuint, nint*, void> NewValueTypes;
    internal readonly delegate* unmanaged<ByteVector*, ByteVector*, nint> NewFunctionType;
    internal readonly delegate* unmanaged<nint, void> DeleteFunctionType;

    internal LinkFunctions(SymbolTable symbols)
    {
        NewLinker = (delegate* unmanaged<nint, nint>)symbols.Require("wasmtime_linker_new");
        DeleteLinker = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_linker_delete");
        Define =
            (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nint, nint, nint, nint, nint>)symbols.Require(
                "wasmtime_linker_define_func_unchecked");
        Prepare = (delegate* unmanaged<nint, nint, nint*, nint>)symbols.Require("wasmtime_linker_instantiate_pre");
        DeletePrepared = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_instance_pre_delete");
        Instantiate = (delegate* unmanaged<nint, nint, InstanceReference*, nint*, nint>)symbols.Require(
            "wasmtime_instance_pre_instantiate");
        NewValueType = (delegate* unmanaged<byte, nint>)symbols.Require("wasm_valtype_new");
        NewValueTypes = (delegate* unmanaged<ByteVector*, nuint, nint*, void>)symbols.Require("wasm_valtype_vec_new");
        NewFunctionType = (delegate* unmanaged<ByteVector*, ByteVector*, nint>)symbols.Require("wasm_functype_new");
        DeleteFunctionType = (delegate* unmanaged<nint, void>)symbols.Require("wasm_functype_delete");
    }
}
