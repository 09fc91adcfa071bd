using Plugins.Host.Engines;

namespace Plugins.Cli.Hosting;

/// <summary>Looks at the size of an instance's memory when a call is over, before its state goes back.</summary>
internal sealed class MeteredInstance(MeteredEngine engine, IEngineInstance inner) : IEngineInstance
{
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

    public long MemoryBytes => inner.MemoryBytes;

    public void Instantiate(IReadOnlyList<HostImport> imports) => inner.Instantiate(imports);

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
        engine.Observe(MemoryBytes);
        inner.Restore();
    }

    public void Dispose()
    {
        engine.Observe(MemoryBytes);
        inner.Dispose();
    }
}
