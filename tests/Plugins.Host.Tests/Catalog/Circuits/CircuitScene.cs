using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Catalog.Circuits;

/// <summary>A plugin of a catalog whose versions fail when a test says so, behind a circuit breaker.</summary>
internal sealed class CircuitScene : IDisposable
{
    internal static readonly PluginCircuitBreaker Quick = new()
    {
        MinimumCalls = 4, BreakDuration = TimeSpan.FromSeconds(5),
    };

    internal CircuitScene()
    {
        Catalog = new CatalogScene().Write("1.0.0");
        Catalog.Rig.Options.MaximumInstances = 16;
        Catalog.Rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        Catalog.Running = guest => Running(guest);
    }

    internal CatalogScene Catalog { get; }

    internal Func<FakeGuest, int> Running { get; set; } = _ => 0;

    internal CatalogPlugin Plugin { get; private set; } = null!;

    internal PluginVersionStatus Status => Plugin.Status.Version!;

    internal async Task<CircuitScene> StartAsync(PluginCircuitBreaker? breaker = null)
    {
        Plugin = await Catalog.StartAsync(entry => entry with { CircuitBreaker = breaker ?? Quick });
        return this;
    }

    /// <summary>Makes calls fail until the circuit is open.</summary>
    /// <param name="successes">Calls that have succeeded before, which count.</param>
    internal async Task OpenAsync(int successes = 0)
    {
        var running = Running;
        Running = Trap;
        for (var call = 0; call < Quick.MinimumCalls - successes; call++)
        {
            Assert.That(() => Call(isAsync: false), Throws.TypeOf<PluginTrapException>());
        }

        Running = running;
        await UntilAsync(PluginCircuitState.Open);
    }

    /// <summary>The same, where another version then takes the place.</summary>
    internal async Task OpenForFallbackAsync()
    {
        var before = Catalog.Rig.Loggers.Entries.Count(entry => entry.Id == 1006);
        Running = Trap;
        for (var call = 0; call < Quick.MinimumCalls; call++)
        {
            Assert.That(() => Call(isAsync: false), Throws.InstanceOf<PluginException>());
        }

        Running = _ => 0;
        await CatalogScene.UntilAsync(() => Catalog.Rig.Loggers.Entries.Count(entry => entry.Id == 1006) > before);
    }

    internal PluginResult Call(bool isAsync, CancellationToken cancellation = default) => isAsync
        ? Plugin.CallAsync("run", default, cancellationToken: cancellation).GetAwaiter().GetResult()
        : Plugin.Call("run", [], cancellationToken: cancellation);

    internal Task UntilAsync(PluginCircuitState state) => CatalogScene.UntilAsync(
        () => Plugin.Status.Version?.Circuit == state);

    internal void AfterTheBreak() => Catalog.Rig.Time.Advance(Quick.BreakDuration + TimeSpan.FromSeconds(0.1));

    internal static int Trap(FakeGuest guest) => throw new FakeTrapException(EngineFaultKind.Trap);

    public void Dispose() => Catalog.Dispose();
}
