using Plugins.Host.Recording;
using Plugins.Wasm;

namespace Plugins.Host.Calls.Exchange;

/// <summary>Memory of an instance whose call is recorded or replayed: refused growths are told or repeated.</summary>
/// <param name="budget">What the instance has of the host's budgets; null where there are none.</param>
/// <param name="tape">The recording, or the replay.</param>
/// <remarks>
/// The embedded engine asks for each growth, in an order that is the module's own; the number of a growth is thus the
/// same in each run. An engine that asks beforehand for whatever a memory may grow to cannot say which was refused.
/// </remarks>
internal sealed class TapedMemory(IMemoryBudget? budget, CallTape tape) : IMemoryBudget
{
    private int _growths;

    public uint TakePages(uint least, uint most)
    {
        var growth = _growths++;
        if (tape.Refuses(growth))
        {
            return 0;
        }

        var taken = budget?.TakePages(least, most) ?? most;
        if (taken < most && least < most)
        {
            tape.RefuseMemory();
        }
        else if (taken < most)
        {
            tape.RefuseGrowth(growth);
        }

        return taken;
    }

    public void ReturnPages(uint pages) => budget?.ReturnPages(pages);
}
