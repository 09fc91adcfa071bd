using Plugins.Host.Catalog.Circuits;

namespace Plugins.Host.Catalog;

internal sealed partial class PluginDeployment
{
    private void Guard(PluginVersion version, CatalogEntry entry)
    {
        if ((entry.CircuitBreaker ?? _catalog.Options.CircuitBreaker) is not { } breaker)
        {
            return;
        }

        var number = version.Plugin.Manifest.Version;
        var time = new CircuitTime(_host.Environment.Clock);
        version.Circuit = new PluginCircuit(
            breaker, number, time, state => OnCircuitChanged(version, state, breaker.WhenOpen));
        version.Plugin.GuardBy(version.Circuit);
    }

    private void OnCircuitChanged(PluginVersion version, PluginCircuitState state, CircuitFallback whenOpen)
    {
        CatalogLog.CircuitChanged(_host.Environment.Logger, Name, version.Plugin.Manifest, state);
        _catalog.Publish();

        // What has been fallen back to is not given up for what was worse.
        if (state == PluginCircuitState.Open && whenOpen == CircuitFallback.PreviousVersion && !version.IsFallback)
        {
            _ = Task.Run(() => FallBackAsync(version));
        }
    }

    /// <summary>Gives the calls of a version that fails to the one before.</summary>
    private async Task FallBackAsync(PluginVersion failing)
    {
        var ended = await InTurnAsync(
            () => _routes is { } routes && routes.Canary == failing
                ? Replace(new PluginRoutes(routes.Stable), "rid of its canary, which kept failing,")
                : null,
            CancellationToken.None).ConfigureAwait(false);
        if (ended.Outcome == PluginReloadOutcome.NothingBefore && _previous is { } package)
        {
            await InTurnAsync(
                _ => ValueTask.FromResult(package),
                (version, _) => new PluginRoutes(version),
                "rolled back, as it kept failing,",
                CancellationToken.None,
                failing: failing).ConfigureAwait(false);
        }
    }
}
