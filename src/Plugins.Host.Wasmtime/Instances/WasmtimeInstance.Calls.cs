using System.Runtime.CompilerServices;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <content>The way into the guest, and the host's functions on the way out of it.</content>
internal sealed partial class WasmtimeInstance
{
    // Between the deepest guest frame and the reserve that NativeStack finds: for Wasmtime's frames and the host's.
    private const int HostStackBytes = 64 * 1024;

    private nint _caller;

    public long MemoryBytes
    {
        get
        {
            if (!TryEnterMemory(out var isOutermost))
            {
                return 0;
            }

            try
            {
                return _memory.Bytes(_caller);
            }
            finally
            {
                LeaveMemory(isOutermost);
            }
        }
    }

    public bool TryGetMemory(uint address, uint length, out Span<byte> span)
    {
        span = default;
        if (!TryEnterMemory(out var isOutermost))
        {
            return false;
        }

        try
        {
            // Between calls the span can be written to, and a reset would not know of it.
            _isPristine &= !isOutermost;
            return _memory.TryGet(_caller, address, length, out span);
        }
        finally
        {
            LeaveMemory(isOutermost);
        }
    }

    internal int Call(GuestFunction function) => Enter(function);

    internal Delegate FunctionAt(int slot) => _functions[slot];

    /// <summary>Begins a host function; gives back what <see cref="LeaveHost"/> must be given.</summary>
    internal nint EnterHost(nint caller)
    {
        var outer = _caller;
        _caller = caller;
        return outer;
    }

    internal void LeaveHost(nint outer) => _caller = outer;

    /// <summary>Calls a function, or makes the instance where none is named, on a thread with enough stack.</summary>
    private int Enter(GuestFunction? function)
    {
        var needed = _module.Code.Engine.StackBytes + HostStackBytes;
        return _gate.IsMine || NativeStack.HasRoom(needed)
            ? EnterHere(function)
            : EnterElsewhere(function, needed);
    }

    // Apart, because the closure would be made whether it is needed or not.
    private int EnterElsewhere(GuestFunction? function, int stackBytes) =>
        LargeStack.Run(stackBytes, () => EnterHere(function));

    private int EnterHere(GuestFunction? function)
    {
        var isOutermost = _gate.Enter();
        try
        {
            if (function is null)
            {
                Populate();
                return 0;
            }

            return Invoke(function, isOutermost);
        }
        finally
        {
            if (isOutermost)
            {
                _fuel.Pull();
                _share?.Settle(_memory.Bytes(caller: 0));
                Leave();
            }
        }
    }

    private int Invoke(GuestFunction function, bool isOutermost)
    {
        InterruptFlag.ThrowIfStopped();
        ThrowIfNotInstantiated();
        if (isOutermost)
        {
            _fuel.Push();
            if (_share is not null)
            {
                _share.Reserve();
                _store.LimitMemory(_share.Pages);
            }
        }
        else if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            // Wasmtime's limit was set by the outermost call, and a host function in between may have gone below it.
            throw new WasmtimeTrapException(EngineFaultKind.Trap, TrapCode.CallStackExhausted);
        }

        _isPristine = false;
        RawValue value = default;
        Failure.ThrowIfAny(_store.Call(function.Resolve(), ref value, out var trap), trap);
        if (isOutermost)
        {
            _fuel.ThrowIfOverdrawn();
        }

        return value.Int32;
    }

    /// <summary>Makes a new store with a new instance in it, and forgets the old one.</summary>
    private void Populate()
    {
        _isInstantiated = false;
        _memory.Forget();
        _store.Renew();
        if (_share is not null)
        {
            _share.Begin();
            _store.LimitMemory(_share.Pages);
        }

        _fuel.Push();
        if (_module.Description.StartFunction is not null)
        {
            InterruptFlag.ThrowIfStopped();
        }

        Failure.ThrowIfAny(_store.Instantiate(out var trap), trap);
        _fuel.ThrowIfOverdrawn();
        _isInstantiated = true;
        if (_module.ExportsMemory)
        {
            _memory.Find();
        }
    }

    /// <summary>Claims the instance for a look at its memory; false where it is gone.</summary>
    private bool TryEnterMemory(out bool isOutermost)
    {
        isOutermost = false;
        if (!_gate.IsMine)
        {
            if (_gate.IsReleased)
            {
                return false;
            }

            isOutermost = _gate.Enter();
        }

        return true;
    }

    private void LeaveMemory(bool isOutermost)
    {
        if (isOutermost)
        {
            Leave();
        }
    }

    private void Leave()
    {
        if (_gate.Leave())
        {
            Release();
        }
    }
}
