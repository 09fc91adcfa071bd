using System.Runtime.InteropServices;

namespace Plugins.Fuzz.Tests.Native;

/// <summary>The part of Wasmtime's C API that comparing needs, by its own names.</summary>
/// <remarks>
/// Apart from the product's bindings on purpose: a mistake there cannot hide itself here. Handles are plain pointers.
/// </remarks>
internal sealed unsafe class WasmtimeApi
{
    internal readonly delegate* unmanaged<nint> ConfigNew;
    internal readonly delegate* unmanaged<nint, nint> EngineNewWithConfig;
    internal readonly delegate* unmanaged<nint, void> EngineDelete;
    internal readonly delegate* unmanaged<nint, void> EngineIncrementEpoch;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> ModuleNew;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint> ModuleValidate;
    internal readonly delegate* unmanaged<nint, void> ModuleDelete;
    internal readonly delegate* unmanaged<nint, ByteVector*, nint> ModuleSerialize;
    internal readonly delegate* unmanaged<nint, byte*, nuint, nint*, nint> ModuleDeserialize;
    internal readonly delegate* unmanaged<nint, nint, nint, nint> StoreNew;
    internal readonly delegate* unmanaged<nint, nint> StoreContext;
    internal readonly delegate* unmanaged<nint, void> StoreDelete;
    internal readonly delegate* unmanaged<nint, long, long, long, long, long, void> StoreLimiter;
    internal readonly delegate* unmanaged<nint, ulong, nint> SetFuel;
    internal readonly delegate* unmanaged<nint, ExceptionReference*, byte> TakeException;
    internal readonly delegate* unmanaged<nint, ulong, void> SetEpochDeadline;
    internal readonly delegate* unmanaged<nint, nint, Extern*, nuint, StoreItem*, nint*, nint> InstanceNew;
    internal readonly delegate* unmanaged<nint, StoreItem*, byte*, nuint, Extern*, byte> InstanceExport;
    internal readonly delegate* unmanaged<nint, nint, delegate* unmanaged<nint, nint, RawValue*, nuint, nint>, nint,
        nint, StoreItem*, void> FuncNewUnchecked;
    internal readonly delegate* unmanaged<nint, StoreItem*, RawValue*, nuint, nint*, nint> FuncCallUnchecked;
    internal readonly delegate* unmanaged<nint, StoreItem*, nint> FuncToRaw;
    internal readonly delegate* unmanaged<nint, StoreItem*, byte*> MemoryData;
    internal readonly delegate* unmanaged<nint, StoreItem*, nuint> MemoryDataSize;
    internal readonly delegate* unmanaged<nint, StoreItem*, CheckedValue*, void> GlobalGet;
    internal readonly delegate* unmanaged<nint, StoreItem*, ulong, CheckedValue*, byte> TableGet;
    internal readonly delegate* unmanaged<nint, StoreItem*, ulong> TableSize;
    internal readonly delegate* unmanaged<nint, byte*, byte> TrapCode;
    internal readonly delegate* unmanaged<nint, void> TrapDelete;
    internal readonly delegate* unmanaged<nint, ByteVector*, void> ErrorMessage;
    internal readonly delegate* unmanaged<nint, void> ErrorDelete;
    internal readonly delegate* unmanaged<ByteVector*, void> BytesDelete;
    internal readonly delegate* unmanaged<ByteVector*, ByteVector*, nint> FuncTypeNew;
    internal readonly delegate* unmanaged<nint, void> FuncTypeDelete;
    internal readonly delegate* unmanaged<ByteVector*, nuint, nint*, void> ValueTypesNew;
    internal readonly delegate* unmanaged<byte, nint> ValueTypeNew;
    internal readonly delegate* unmanaged<nint, nint> LinkerNew;
    internal readonly delegate* unmanaged<nint, void> LinkerDelete;
    internal readonly delegate* unmanaged<nint, nint, nint, nint> LinkerDefineDefaults;
    internal readonly delegate* unmanaged<nint, nint, nint, StoreItem*, nint*, nint> LinkerInstantiate;
    internal readonly delegate* unmanaged<nint, nint, byte*, nuint, byte*, nuint, Extern*, byte> LinkerGet;

    private readonly nint _library;

    /// <summary>Loads what <c>PLUGINS_WASMTIME_PATH</c> names, else the library of the NuGet package.</summary>
    internal WasmtimeApi()
    {
        _library = Environment.GetEnvironmentVariable("PLUGINS_WASMTIME_PATH") is { Length: > 0 } path
            ? NativeLibrary.Load(path)
            : NativeLibrary.Load("wasmtime", typeof(WasmtimeApi).Assembly, DllImportSearchPath.SafeDirectories);
        ConfigNew = (delegate* unmanaged<nint>)Find("wasm_config_new");
        EngineNewWithConfig = (delegate* unmanaged<nint, nint>)Find("wasm_engine_new_with_config");
        EngineDelete = (delegate* unmanaged<nint, void>)Find("wasm_engine_delete");
        EngineIncrementEpoch = (delegate* unmanaged<nint, void>)Find("wasmtime_engine_increment_epoch");
        ModuleNew = (delegate* unmanaged<nint, byte*, nuint, nint*, nint>)Find("wasmtime_module_new");
        ModuleValidate = (delegate* unmanaged<nint, byte*, nuint, nint>)Find("wasmtime_module_validate");
        ModuleDelete = (delegate* unmanaged<nint, void>)Find("wasmtime_module_delete");
        ModuleSerialize = (delegate* unmanaged<nint, ByteVector*, nint>)Find("wasmtime_module_serialize");
        ModuleDeserialize =
            (delegate* unmanaged<nint, byte*, nuint, nint*, nint>)Find("wasmtime_module_deserialize");
        StoreNew = (delegate* unmanaged<nint, nint, nint, nint>)Find("wasmtime_store_new");
        StoreContext = (delegate* unmanaged<nint, nint>)Find("wasmtime_store_context");
        StoreDelete = (delegate* unmanaged<nint, void>)Find("wasmtime_store_delete");
        StoreLimiter = (delegate* unmanaged<nint, long, long, long, long, long, void>)Find("wasmtime_store_limiter");
        TakeException =
            (delegate* unmanaged<nint, ExceptionReference*, byte>)Find("wasmtime_context_take_exception");
        SetFuel = (delegate* unmanaged<nint, ulong, nint>)Find("wasmtime_context_set_fuel");
        SetEpochDeadline = (delegate* unmanaged<nint, ulong, void>)Find("wasmtime_context_set_epoch_deadline");
        InstanceNew =
            (delegate* unmanaged<nint, nint, Extern*, nuint, StoreItem*, nint*, nint>)Find("wasmtime_instance_new");
        InstanceExport =
            (delegate* unmanaged<nint, StoreItem*, byte*, nuint, Extern*, byte>)Find("wasmtime_instance_export_get");
        FuncNewUnchecked = (delegate* unmanaged<nint, nint, delegate* unmanaged<nint, nint, RawValue*, nuint, nint>,
            nint, nint, StoreItem*, void>)Find("wasmtime_func_new_unchecked");
        FuncCallUnchecked = (delegate* unmanaged<nint, StoreItem*, RawValue*, nuint, nint*, nint>)Find(
            "wasmtime_func_call_unchecked");
        FuncToRaw = (delegate* unmanaged<nint, StoreItem*, nint>)Find("wasmtime_func_to_raw");
        MemoryData = (delegate* unmanaged<nint, StoreItem*, byte*>)Find("wasmtime_memory_data");
        MemoryDataSize = (delegate* unmanaged<nint, StoreItem*, nuint>)Find("wasmtime_memory_data_size");
        GlobalGet = (delegate* unmanaged<nint, StoreItem*, CheckedValue*, void>)Find("wasmtime_global_get");
        TableGet = (delegate* unmanaged<nint, StoreItem*, ulong, CheckedValue*, byte>)Find("wasmtime_table_get");
        TableSize = (delegate* unmanaged<nint, StoreItem*, ulong>)Find("wasmtime_table_size");
        TrapCode = (delegate* unmanaged<nint, byte*, byte>)Find("wasmtime_trap_code");
        TrapDelete = (delegate* unmanaged<nint, void>)Find("wasm_trap_delete");
        ErrorMessage = (delegate* unmanaged<nint, ByteVector*, void>)Find("wasmtime_error_message");
        ErrorDelete = (delegate* unmanaged<nint, void>)Find("wasmtime_error_delete");
        BytesDelete = (delegate* unmanaged<ByteVector*, void>)Find("wasm_byte_vec_delete");
        FuncTypeNew = (delegate* unmanaged<ByteVector*, ByteVector*, nint>)Find("wasm_functype_new");
        FuncTypeDelete = (delegate* unmanaged<nint, void>)Find("wasm_functype_delete");
        ValueTypesNew = (delegate* unmanaged<ByteVector*, nuint, nint*, void>)Find("wasm_valtype_vec_new");
        ValueTypeNew = (delegate* unmanaged<byte, nint>)Find("wasm_valtype_new");
        LinkerNew = (delegate* unmanaged<nint, nint>)Find("wasmtime_linker_new");
        LinkerDelete = (delegate* unmanaged<nint, void>)Find("wasmtime_linker_delete");
        LinkerDefineDefaults = (delegate* unmanaged<nint, nint, nint, nint>)Find(
            "wasmtime_linker_define_unknown_imports_as_default_values");
        LinkerInstantiate = (delegate* unmanaged<nint, nint, nint, StoreItem*, nint*, nint>)Find(
            "wasmtime_linker_instantiate");
        LinkerGet = (delegate* unmanaged<nint, nint, byte*, nuint, byte*, nuint, Extern*, byte>)Find(
            "wasmtime_linker_get");
    }

    /// <summary>Calls <c>wasmtime_config_NAME_set</c>, where this version has it.</summary>
    internal void Set(nint config, string name, bool value)
    {
        if (NativeLibrary.TryGetExport(_library, $"wasmtime_config_{name}_set", out nint function))
        {
            ((delegate* unmanaged<nint, byte, void>)function)(config, value ? (byte)1 : (byte)0);
        }
    }

    internal void Set(nint config, string name, nuint value) =>
        ((delegate* unmanaged<nint, nuint, void>)Find($"wasmtime_config_{name}_set"))(config, value);

    /// <summary>The message of an error, which is deleted; null for no error.</summary>
    internal string? TakeMessage(nint error)
    {
        if (error == 0)
        {
            return null;
        }

        ByteVector message;
        ErrorMessage(error, &message);
        string text = Marshal.PtrToStringUTF8((nint)message.Data, (int)message.Size);
        BytesDelete(&message);
        ErrorDelete(error);
        return text;
    }

    private nint Find(string name) => NativeLibrary.GetExport(_library, name);
}
