namespace Plugins.Host.Wasmtime.Native;

/// <summary>A <c>wasmtime_module_t</c>.</summary>
internal sealed unsafe class CodeHandle(WasmtimeApi api, nint pointer, EngineHandle engine)
    : NativeHandle(pointer, engine)
{
    private protected override void Free(nint pointer) => api.Engines.DeleteModule(pointer);
}
