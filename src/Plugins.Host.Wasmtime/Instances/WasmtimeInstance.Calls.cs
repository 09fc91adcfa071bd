using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

internal sealed unsafe partial class WasmtimeInstance
{
    // Between the deepest guest frame and the reserve that NativeStack finds: for Wasmtime's frames and the host's.
    private const int HostStackBytes = 64 * 1024;

    private int _generation;
    private long _fuel = long.MaxValue;
    private Exception? _failure;

    public long Fuel
    {
        get
        {
            if (_gate.IsMine)
            {
                PullFuel();
            }

            return _fuel;
        }

        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _fuel = value;
            if (_gate.IsMine)
            {
                PushFuel();
            }
        }
    }

    private bool MetersFuel => _engine.Configuration.MeterFuel;

    public void ConsumeFuel(long amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        var remaining = Fuel - amount;
        Fuel = Math.Max(remaining, 0);
        if (remaining < 0)
        {
            throw new WasmtimeTrapException(EngineFaultKind.OutOfFuel);
        }
    }

    internal int Call(GuestFunction function) => Enter(function);

    internal FunctionReference FindFunction(byte[] name)
    {
        ExternItem item = default;
        fixed (byte* bytes = name)
        {
            var instance = _instance;
            var isFound = _api.FindExport(_context, &instance, bytes, (nuint)name.Length, &item) != 0;
            return isFound && item.Kind == ExternItem.FunctionKind
                ? item.Function
                : throw new InvalidOperationException("The module's description and its code differ.");
        }
    }

    /// <summary>Calls a function, or makes the instance where none is named, on a thread with enough stack.</summary>
    private int Enter(GuestFunction? function)
    {
        var needed = _engine.StackBytes + HostStackBytes;
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
                PullFuel();
                Leave();
            }
        }
    }

    private int Invoke(GuestFunction function, bool isOutermost)
    {
        ThrowIfInterrupted();
        ThrowIfNotInstantiated();
        if (isOutermost)
        {
            PushFuel();
        }
        else if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            // Wasmtime's limit was set by the outermost call, and a host function in between may have gone below it.
            throw new WasmtimeTrapException(EngineFaultKind.Trap, TrapCode.CallStackExhausted);
        }

        _isPristine = false;
        var reference = function.Resolve(_generation);
        RawValue value = default;
        nint trap = 0;
        ThrowIfFailed(_api.Call(_context, &reference, &value, 1, &trap), trap);
        if (isOutermost)
        {
            ThrowIfOverdrawn();
        }

        return value.Int32;
    }

    private void Leave()
    {
        if (_gate.Leave())
        {
            Release();
        }
    }

    private void PushFuel()
    {
        if (MetersFuel && _context != 0)
        {
            _ = _api.SetFuel(_context, (ulong)_fuel + 1);
        }
    }

    private void PullFuel()
    {
        if (MetersFuel && _context != 0)
        {
            _fuel = (long)Math.Min(Math.Max(NativeFuel(), 1) - 1, long.MaxValue);
        }
    }

    private ulong NativeFuel()
    {
        ulong fuel = 0;
        _ = _api.GetFuel(_context, &fuel);
        return fuel;
    }

    // Wasmtime looks at fuel where functions begin and loops repeat, and not when the outermost one ends. It is given
    // one unit more than there is, so that nothing left means more was used, rather than all.
    private void ThrowIfOverdrawn()
    {
        if (MetersFuel && NativeFuel() == 0)
        {
            throw new WasmtimeTrapException(EngineFaultKind.OutOfFuel);
        }
    }

    /// <summary>Throws for what native code returned, or what a host function threw, unchanged.</summary>
    private void ThrowIfFailed(nint error, nint trap)
    {
        if ((error | trap) != 0)
        {
            Throw(error, trap);
        }
    }

    private void Throw(nint error, nint trap)
    {
        var traps = _engine.Api.Traps;
        if (_failure is { } failure)
        {
            _failure = null;
            if (error != 0)
            {
                traps.DeleteError(error);
            }

            if (trap != 0)
            {
                traps.Delete(trap);
            }

            ExceptionDispatchInfo.Throw(failure);
        }

        throw trap == 0
            ? new WasmtimeRefusalException(isCompilation: false, traps.ReadError(error))
            : TrapReader.Read(traps, trap, _module.Description);
    }
}
