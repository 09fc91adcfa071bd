namespace Plugins.Host.Wasmtime.Native;

/// <summary>The C API's functions around stores: limits, fuel, epochs, exports, calls.</summary>
/// <remarks>Those that take nanoseconds and never call back leave out the transition to native code.</remarks>
internal sealed unsafe class StoreFunctions
{
    internal readonly delegate* unmanaged<nint, nint, nint, nint> New;
    internal readonly delegate* unmanaged<nint, void> Delete;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, nint> Context;
    internal readonly delegate* unmanaged<nint, long, long, long, long, long, void> Limit;
    internal readonly delegate* unmanaged<nint, nint, nint, nint, void> SetEpochCallback;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, ulong, void> SetEpochDeadline;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, nint> Data;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, ulong, nint> SetFuel;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, ulong*, nint> GetFuel;
    internal readonly delegate* unmanaged<nint, FunctionReference*, RawValue*, nuint, nint*, nint> Call;
    internal readonly delegate* unmanaged<nint, InstanceReference*, byte*, nuint, ExternItem*, byte> FindExport;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, nint> CallerContext;
    internal readonly delegate* unmanaged<nint, byte*, nuint, ExternItem*, byte> FindCallerExport;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, MemoryReference*, byte*> MemoryData;
    internal readonly delegate* unmanaged[SuppressGCTransition]<nint, MemoryReference*, nuint> MemoryBytes;

    internal StoreFunctions(SymbolTable symbols)
    {
        New = (delegate* unmanaged<nint, nint, nint, nint>)symbols.Require("wasmtime_store_new");
        Delete = (delegate* unmanaged<nint, void>)symbols.Require("wasmtime_store_delete");
        Context = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)symbols.Require("wasmtime_store_context");
        Limit = (delegate* unmanaged<nint, long, long, long, long, long, void>)symbols.Require(
            "wasmtime_store_limiter");
        SetEpochCallback = (delegate* unmanaged<nint, nint, nint, nint, void>)symbols.Require(
            "wasmtime_store_epoch_deadline_callback");
        SetEpochDeadline = (delegate* unmanaged[SuppressGCTransition]<nint, ulong, void>)symbols.Require(
            "wasmtime_context_set_epoch_deadline");
        Data = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)symbols.Require("wasmtime_context_get_data");
        SetFuel = (delegate* unmanaged[SuppressGCTransition]<nint, ulong, nint>)symbols.Require(
            "wasmtime_context_set_fuel");
        GetFuel = (delegate* unmanaged[SuppressGCTransition]<nint, ulong*, nint>)symbols.Require(
            "wasmtime_context_get_fuel");
        Call = (delegate* unmanaged<nint, FunctionReference*, RawValue*, nuint, nint*, nint>)symbols.Require(
            "wasmtime_func_call_unchecked");
        FindExport = (delegate* unmanaged<nint, InstanceReference*, byte*, nuint, ExternItem*, byte>)symbols.Require(
            "wasmtime_instance_export_get");
        CallerContext = (delegate* unmanaged[SuppressGCTransition]<nint, nint>)symbols.Require(
            "wasmtime_caller_context");
        FindCallerExport = (delegate* unmanaged<nint, byte*, nuint, ExternItem*, byte>)symbols.Require(
            "wasmtime_caller_export_get");
        MemoryData = (delegate* unmanaged[SuppressGCTransition]<nint, MemoryReference*, byte*>)symbols.Require(
            "wasmtime_memory_data");
        MemoryBytes = (delegate* unmanaged[SuppressGCTransition]<nint, MemoryReference*, nuint>)symbols.Require(
            "wasmtime_memory_data_size");
    }
}
