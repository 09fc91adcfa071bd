namespace Plugins.Host.Catalog;

internal sealed partial class PluginDeployment
{
    internal Task<PluginReloadResult> ReloadAsync(CancellationToken cancellationToken) => InTurnAsync(
        ReadAsync, (version, _) => new PluginRoutes(version), "replaced", cancellationToken);

    internal Task<PluginReloadResult> StartCanaryAsync(double share, CancellationToken cancellationToken) =>
        InTurnAsync(
            ReadAsync,
            (version, before) => before is null
                ? new PluginRoutes(version)
                : new PluginRoutes(before.Stable, version, share),
            "given a canary",
            cancellationToken);

    internal Task<PluginReloadResult> PromoteCanaryAsync(CancellationToken cancellationToken) => InTurnAsync(
        () => _routes?.Canary is { } canary
            ? Replace(new PluginRoutes(canary), "given wholly to its canary")
            : null,
        cancellationToken);

    internal async Task<PluginReloadResult> RollbackAsync(CancellationToken cancellationToken)
    {
        var ended = await InTurnAsync(
            () => _routes is { Canary: not null } routes
                ? Replace(new PluginRoutes(routes.Stable), "rid of its canary")
                : null,
            cancellationToken).ConfigureAwait(false);
        return ended.Outcome != PluginReloadOutcome.NothingBefore || _previous is not { } package
            ? ended
            : await InTurnAsync(
                _ => ValueTask.FromResult(package),
                (version, _) => new PluginRoutes(version),
                "rolled back",
                cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Loads it where that is wanted at the start; an exception if it is needed and cannot be had.</summary>
    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_entry.LoadAtStart && _routes is null && !_isDisabled)
        {
            await LoadFirstAsync(cancellationToken).ConfigureAwait(false);
        }

        StartWatching();
        if (_entry is { LoadAtStart: true, IsRequired: true } && _failure is { } failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Refuses calls, and disposes the versions once their calls have ended.</summary>
    /// <returns>A task that ends then; false if their patience ended before.</returns>
    internal async Task<bool> StopAsync(TimeSpan patience)
    {
        IDisposable? watch;
        lock (_gate)
        {
            _isStopped = true;
            watch = TakeWatchNeedsLock();
        }

        watch?.Dispose();

        // What is being loaded is given up; a source that does not listen to that finds nobody who takes its version.
        await _stopping.CancelAsync().ConfigureAwait(false);
        PluginRoutes? routes;
        CatalogEntry entry;
        lock (_gate)
        {
            (routes, entry) = (_routes, _entry);
            _routes = null;
        }

        (entry.Source as IDisposable)?.Dispose();
        var drained = await Task.WhenAll(
            routes?.Versions.Select(version => version.RetireAsync(Name, patience, _host.Environment)) ?? [])
            .ConfigureAwait(false);
        return drained.All(isDrained => isDrained);
    }

    private async Task LoadFirstAsync(CancellationToken cancellationToken)
    {
        await InTurnAsync(
            ReadAsync, (version, _) => new PluginRoutes(version), "loaded", cancellationToken, isFirst: true)
            .ConfigureAwait(false);
    }
}
