using System.Runtime.InteropServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

internal sealed unsafe partial class WasmtimeInstance
{
    private volatile bool _isInterrupted;
    private InterruptRepeat? _repeat;

    public Func<bool>? InterruptFilter { get; set; }

    private bool IsInterruptPending => _isInterrupted && _gate.IsEntered;

    /// <remarks>
    /// The epoch is the engine's, so every running guest looks at its own flag, and those without one go on.
    /// </remarks>
    public void Interrupt()
    {
        _isInterrupted = true;
        Interlocked.MemoryBarrier();
        _engine.AdvanceEpoch();
        if (_gate.IsEntered)
        {
            LazyInitializer.EnsureInitialized(
                ref _repeat, () => new InterruptRepeat(_engine, () => IsInterruptPending)).Start();
        }
    }

    public void ClearInterrupt() => _isInterrupted = false;

    private bool IsStopped() => _isInterrupted && InterruptFilter?.Invoke() != false;

    private void ThrowIfInterrupted()
    {
        if (IsStopped())
        {
            throw new WasmtimeTrapException(EngineFaultKind.Interrupted);
        }
    }

    private void WatchEpoch(StoreHandle store)
    {
        var callback = (nint)(delegate* unmanaged<nint, nint, ulong*, byte*, nint>)&OnEpoch;
        _api.SetEpochCallback(store.Pointer, callback, store.Owner, 0);
        _api.SetEpochDeadline(_context, 1);
    }

    [UnmanagedCallersOnly]
    private static nint OnEpoch(nint context, nint owner, ulong* delta, byte* kind)
    {
        var instance = Of(owner);
        if (!instance.IsStopped())
        {
            *delta = 1;
            return 0;
        }

        instance._failure = new WasmtimeTrapException(EngineFaultKind.Interrupted);
        fixed (byte* message = "interrupted\0"u8)
        {
            return instance._engine.Api.Traps.NewError(message);
        }
    }
}
