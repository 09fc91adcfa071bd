using System.Runtime.InteropServices;
using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Compilation;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>An instance's own answer to the epoch, which all instances of an engine share.</summary>
/// <remarks>
/// Safe for use by many threads. Every running guest looks at its own flag when the epoch moves, and those without one
/// go on.
/// </remarks>
internal sealed unsafe class InterruptFlag(NativeEngine engine, InstanceGate gate)
{
    private volatile bool _isRaised;
    private InterruptRepeat? _repeat;

    private bool IsPending => _isRaised && gate.IsEntered;

    internal void Raise()
    {
        _isRaised = true;
        Interlocked.MemoryBarrier();
        engine.AdvanceEpoch();
        if (gate.IsEntered)
        {
            LazyInitializer.EnsureInitialized(ref _repeat, () => new InterruptRepeat(engine, () => IsPending)).Start();
        }
    }

    internal void Clear() => _isRaised = false;

    internal void ThrowIfStopped()
    {
        if (_isRaised)
        {
            throw new WasmtimeTrapException(EngineFaultKind.Interrupted);
        }
    }

    /// <summary>Makes the guests of a new store look at their instance's flag at every epoch.</summary>
    internal static void Watch(StoreFunctions api, StoreHandle store, nint context)
    {
        var callback = (nint)(delegate* unmanaged<nint, nint, ulong*, byte*, nint>)&OnEpoch;
        api.SetEpochCallback(store.Pointer, callback, store.Owner, 0);
        api.SetEpochDeadline(context, 1);
    }

    [UnmanagedCallersOnly]
    private static nint OnEpoch(nint context, nint owner, ulong* delta, byte* kind)
    {
        var instance = WasmtimeInstance.Of(owner);
        if (!instance.InterruptFlag._isRaised)
        {
            *delta = 1;
            return 0;
        }

        return instance.Failure.HoldInterrupt();
    }
}
