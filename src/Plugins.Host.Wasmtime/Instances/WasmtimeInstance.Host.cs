using System.Runtime.InteropServices;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

internal sealed unsafe partial class WasmtimeInstance
{
    private const int PageBytes = 64 * 1024;

    private MemoryReference _memory;
    private bool _hasMemory;
    private nint _caller;

    public bool TryGetMemory(uint address, uint length, out Span<byte> span)
    {
        if (_gate.IsMine)
        {
            return TryReadMemory(address, length, out span);
        }

        if (_gate.IsReleased)
        {
            span = default;
            return false;
        }

        _gate.Enter();
        try
        {
            // The span can be written to, and a reset would not know of it.
            _isPristine = false;
            return TryReadMemory(address, length, out span);
        }
        finally
        {
            Leave();
        }
    }

    public long MemoryBytes
    {
        get
        {
            if (_gate.IsMine)
            {
                return ReadMemoryBytes();
            }

            if (_gate.IsReleased)
            {
                return 0;
            }

            _gate.Enter();
            try
            {
                return ReadMemoryBytes();
            }
            finally
            {
                Leave();
            }
        }
    }

    /// <summary>The instance that made a store, found by the word the store was made with.</summary>
    internal static WasmtimeInstance Of(nint owner) =>
        (WasmtimeInstance)GCHandle.FromIntPtr(owner).Target!; // Alive: it is on the stack of the call.

    internal Delegate FunctionAt(int slot) => _functions[slot];

    /// <summary>Begins a host function; gives back what <see cref="LeaveHost"/> must be given.</summary>
    internal nint EnterHost(nint caller)
    {
        var outer = _caller;
        _caller = caller;
        return outer;
    }

    internal void LeaveHost(nint outer) => _caller = outer;

    /// <summary>Keeps what a host function threw for the guest's caller; the result ends the guest.</summary>
    internal nint Hold(Exception exception)
    {
        _failure = exception;
        fixed (byte* message = "host"u8)
        {
            return _engine.Api.Traps.New(message, 4);
        }
    }

    private void FindMemory()
    {
        if (_module.ExportsMemory)
        {
            ExternItem item = default;
            var instance = _instance;
            fixed (byte* name = "memory"u8)
            {
                _hasMemory = _api.FindExport(_context, &instance, name, 6, &item) != 0
                    && item.Kind == ExternItem.MemoryKind;
            }

            _memory = item.Memory;
        }
    }

    // The start function runs before instantiation gives the instance, and may call imports that need the memory.
    private void FindCallersMemory()
    {
        ExternItem item = default;
        fixed (byte* name = "memory"u8)
        {
            _hasMemory = _api.FindCallerExport(_caller, name, 6, &item) != 0 && item.Kind == ExternItem.MemoryKind;
        }

        _memory = item.Memory;
    }

    private bool HasMemory()
    {
        if (!_hasMemory && _caller != 0)
        {
            FindCallersMemory();
        }

        return _hasMemory;
    }

    private long ReadMemoryBytes()
    {
        if (!HasMemory())
        {
            return 0;
        }

        var memory = _memory;
        return (long)_api.MemoryBytes(_context, &memory);
    }

    private bool TryReadMemory(uint address, uint length, out Span<byte> span)
    {
        span = default;
        if (!HasMemory() || length > int.MaxValue || address + (long)length > ReadMemoryBytes())
        {
            return false;
        }

        var memory = _memory;
        span = new Span<byte>(_api.MemoryData(_context, &memory) + address, (int)length);
        return true;
    }
}
