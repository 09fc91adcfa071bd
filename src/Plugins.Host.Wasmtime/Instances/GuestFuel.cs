using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Native;

namespace Plugins.Host.Wasmtime.Instances;

/// <summary>An instance's fuel: a number between calls, the store's during them.</summary>
/// <remarks>
/// Wasmtime looks at fuel where functions begin and loops repeat, and not when the outermost one ends. It is given one
/// unit more than there is, so that nothing left means more was used, rather than all.
/// </remarks>
internal sealed unsafe class GuestFuel(GuestStore store, StoreFunctions api, bool isMetered)
{
    /// <summary>The fuel as of the last <see cref="Pull"/>.</summary>
    internal long Amount { get; set; } = long.MaxValue;

    private bool IsInStore => isMetered && store.Context != 0;

    /// <summary>Gives the store what there is.</summary>
    internal void Push()
    {
        if (IsInStore)
        {
            _ = api.SetFuel(store.Context, (ulong)Amount + 1);
        }
    }

    /// <summary>Takes back what the store has left.</summary>
    internal void Pull()
    {
        if (IsInStore)
        {
            Amount = (long)Math.Min(Math.Max(Left(), 1) - 1, long.MaxValue);
        }
    }

    internal void ThrowIfOverdrawn()
    {
        if (IsInStore && Left() == 0)
        {
            throw new WasmtimeTrapException(EngineFaultKind.OutOfFuel);
        }
    }

    private ulong Left()
    {
        ulong fuel = 0;
        _ = api.GetFuel(store.Context, &fuel);
        return fuel;
    }
}
