using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>The pointer-sized word a native import is defined with: which library, and which slot.</summary>
internal readonly record struct CallbackToken(nint Word)
{
    private const int SlotBits = 24;

    internal CallbackToken(WasmtimeApi api, int slot)
        : this(((nint)api.Number << SlotBits) | slot)
    {
    }

    internal int Slot => (int)(Word & ((1 << SlotBits) - 1));

    /// <summary>The instance in whose store the import was called.</summary>
    internal unsafe WasmtimeInstance FindInstance(nint caller)
    {
        var api = WasmtimeApi.At((int)(Word >> SlotBits)).Stores;
        return WasmtimeInstance.Of(api.Data(api.CallerContext(caller)));
    }
}
