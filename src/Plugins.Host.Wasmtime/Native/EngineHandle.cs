namespace Plugins.Host.Wasmtime.Native;

/// <summary>A <c>wasm_engine_t</c>.</summary>
internal sealed unsafe class EngineHandle(WasmtimeApi api, nint pointer) : NativeHandle(pointer)
{
    private protected override void Free(nint pointer) => api.Engines.DeleteEngine(pointer);
}
