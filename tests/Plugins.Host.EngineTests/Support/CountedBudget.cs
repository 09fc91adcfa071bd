using Plugins.Wasm;

namespace Plugins.Host.EngineTests.Support;

/// <summary>A budget that counts what was taken, and is never overdrawn.</summary>
internal sealed class CountedBudget(uint limit) : IMemoryBudget
{
    private readonly Lock _gate = new();
    private uint _used;

    internal uint Used
    {
        get
        {
            lock (_gate)
            {
                return _used;
            }
        }
    }

    public uint TakePages(uint least, uint most)
    {
        lock (_gate)
        {
            var taken = Math.Min(most, limit - _used);
            taken = taken < least ? 0 : taken;
            _used += taken;
            return taken;
        }
    }

    public void ReturnPages(uint pages)
    {
        lock (_gate)
        {
            Assert.That(pages, Is.LessThanOrEqualTo(_used), "More came back than was taken.");
            _used -= pages;
        }
    }
}
