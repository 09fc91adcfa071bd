namespace Plugins.Host.Wasmtime.Native;

/// <summary>A <c>wasmtime_instance_pre_t</c>: a module with its imports looked up.</summary>
internal sealed unsafe class PreparedHandle(WasmtimeApi api, nint pointer, CodeHandle module)
    : NativeHandle(pointer, module)
{
    private protected override void Free(nint pointer) => api.Links.DeletePrepared(pointer);
}
