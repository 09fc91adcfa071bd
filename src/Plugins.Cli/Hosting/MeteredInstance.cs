using Plugins.Host.Engines;

namespace Plugins.Cli.Hosting;

/// <summary>Looks at the size of an instance's memory when a call is over, before its state goes back.</summary>
internal sealed class MeteredInstance(MeteredEngine engine, IEngineInstance inner) : IEngineInstance
{
    private const uint MaximumPages = 65_535;
    private const int PageBytes = 65_536;

    private bool _isInstantiated;

    public long Fuel
    {
        get => inner.Fuel;
        set => inner.Fuel = value;
    }

    public bool GrowthRefused
    {
        get => inner.GrowthRefused;
        set => inner.GrowthRefused = value;
    }

    public Func<bool>? InterruptFilter
    {
        get => inner.InterruptFilter;
        set => inner.InterruptFilter = value;
    }

    public void Instantiate(IReadOnlyList<HostImport> imports)
    {
        _isInstantiated = true;
        inner.Instantiate(imports);
    }

    public Func<int> GetFunction(string export) => inner.GetFunction(export);

    public Action GetAction(string export) => inner.GetAction(export);

    public bool TryGetMemory(uint address, uint length, out Span<byte> span) =>
        inner.TryGetMemory(address, length, out span);

    public void ConsumeFuel(long amount) => inner.ConsumeFuel(amount);

    public void Interrupt() => inner.Interrupt();

    public void ClearInterrupt() => inner.ClearInterrupt();

    public bool TryCapture() => inner.TryCapture();

    public void Restore()
    {
        Measure();
        inner.Restore();
    }

    public void Dispose()
    {
        Measure();
        inner.Dispose();
    }

    // The seam tells whether a range is inside, so that the size is found by halving: 16 questions.
    private void Measure()
    {
        if (!_isInstantiated)
        {
            return;
        }

        uint inside = 0;
        uint outside = MaximumPages + 1;
        while (outside - inside > 1)
        {
            var middle = inside + ((outside - inside) / 2);
            if (inner.TryGetMemory(middle * PageBytes, 0, out _))
            {
                inside = middle;
            }
            else
            {
                outside = middle;
            }
        }

        engine.Observe((long)inside * PageBytes);
    }
}
