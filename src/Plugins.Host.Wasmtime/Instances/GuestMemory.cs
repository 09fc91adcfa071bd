using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>The memory that a guest exports, looked up once for each store.</summary>
/// <remarks>For the thread that has the instance's gate.</remarks>
internal sealed unsafe class GuestMemory(GuestStore store, StoreFunctions api)
{
    private MemoryReference _memory;
    private bool _isFound;

    /// <summary>The store was replaced.</summary>
    internal void Forget() => _isFound = false;

    internal void Find() => _isFound = store.TryFindMemory(out _memory);

    /// <summary>Its size in bytes; 0 where there is none.</summary>
    /// <param name="caller">The guest that called the host function that asks; 0 outside of host functions.</param>
    internal long Bytes(nint caller)
    {
        if (!IsThere(caller))
        {
            return 0;
        }

        var memory = _memory;
        return (long)api.MemoryBytes(store.Context, &memory);
    }

    /// <inheritdoc cref="Plugins.Host.Engines.IEngineInstance.TryGetMemory"/>
    internal bool TryGet(nint caller, uint address, uint length, out Span<byte> span)
    {
        span = default;
        if (!IsThere(caller) || length > int.MaxValue || address + (long)length > Bytes(caller))
        {
            return false;
        }

        var memory = _memory;
        span = new Span<byte>(api.MemoryData(store.Context, &memory) + address, (int)length);
        return true;
    }

    // The start function runs before instantiation gives the instance, and may call imports that need the memory.
    private bool IsThere(nint caller)
    {
        if (!_isFound && caller != 0)
        {
            ExternItem item = default;
            fixed (byte* name = "memory"u8)
            {
                _isFound = api.FindCallerExport(caller, name, 6, &item) != 0 && item.Kind == ExternItem.MemoryKind;
            }

            _memory = item.Memory;
        }

        return _isFound;
    }
}
