using Plugins.Host.Catalog.Sources;

namespace Plugins.Host.Catalog;

internal sealed partial class PluginDeployment
{
    private async Task<PluginReloadResult> InTurnAsync(
        Func<CancellationToken, ValueTask<PluginPackage>> read,
        Func<PluginVersion, PluginRoutes?, PluginRoutes> place,
        string description,
        CancellationToken cancellationToken,
        bool isFirst = false,
        PluginVersion? failing = null)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_isStopped || (isFirst && (_routes ?? (object?)_failure) is not null)
                || (failing is not null && failing != _routes?.Stable))
            {
                // Whoever wants the first version, or another than one that fails, finds what has been made of it.
                return new PluginReloadResult(PluginReloadOutcome.Stopped, Status);
            }

            // Off the caller's thread: compiling takes as long as it takes.
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            var version = await Task.Run(() => PrepareAsync(read, _entry, ending.Token), ending.Token)
                .ConfigureAwait(false);
            version.IsFallback = failing is not null;
            return Place(version, place(version, _routes), description);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return _isStopped ? new PluginReloadResult(PluginReloadOutcome.Stopped, Status) : Fail(exception);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<PluginReloadResult> InTurnAsync(
        Func<PluginReloadResult?> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _isStopped
                ? new PluginReloadResult(PluginReloadOutcome.Stopped, Status)
                : change() ?? new PluginReloadResult(PluginReloadOutcome.NothingBefore, Status);
        }
        finally
        {
            _turn.Release();
        }
    }

    private ValueTask<PluginPackage> ReadAsync(CancellationToken cancellationToken) =>
        _entry.Source.ReadAsync(_host.MaximumModuleBytes, cancellationToken);

    private async Task<PluginVersion> PrepareAsync(
        Func<CancellationToken, ValueTask<PluginPackage>> read,
        CatalogEntry entry,
        CancellationToken cancellationToken)
    {
        var package = await read(cancellationToken).ConfigureAwait(false);
        var plugin = package.Load(_host, cancellationToken);
        try
        {
            if (entry.SmokeCall is { } smokeCall)
            {
                await smokeCall(plugin, cancellationToken).ConfigureAwait(false);
            }

            var version = new PluginVersion(plugin, package, _host.Environment.Time.GetUtcNow());
            Guard(version, entry);
            return version;
        }
        catch
        {
            plugin.Dispose();
            throw;
        }
    }

    /// <summary>Has a version serve that was loaded just now, unless all has stopped meanwhile.</summary>
    private PluginReloadResult Place(PluginVersion version, PluginRoutes routes, string description)
    {
        var result = Replace(routes, _routes is null ? "loaded" : description);
        if (result.Outcome == PluginReloadOutcome.Stopped)
        {
            version.Plugin.Dispose();
        }

        return result;
    }

    private PluginReloadResult Replace(PluginRoutes routes, string description)
    {
        PluginStatus status;
        PluginVersion[] gone;
        lock (_gate)
        {
            if (_isStopped)
            {
                return new PluginReloadResult(PluginReloadOutcome.Stopped, DescribeNeedsLock());
            }

            var before = _routes;
            gone = [.. (before?.Versions ?? []).Except(routes.Versions)];
            if (before is not null && before.Stable.Package != routes.Stable.Package)
            {
                _previous = before.Stable.Package;
                _previousVersion = before.Stable.Plugin.Manifest.Version;
            }

            _routes = routes;
            _failure = null;
            status = DescribeNeedsLock();
        }

        _catalog.Count(Name, null);
        CatalogLog.Replaced(_host.Environment.Logger, status, description);
        _catalog.Publish();
        var patience = _catalog.Options.DrainPatience;
        return new PluginReloadResult(PluginReloadOutcome.Replaced, status)
        {
            Drained = Task.WhenAll(gone.Select(version => version.RetireAsync(Name, patience, _host.Environment))),
        };
    }

    private PluginReloadResult Fail(Exception exception)
    {
        PluginStatus status;
        lock (_gate)
        {
            _failure = new PluginLoadFailure(exception, _host.Environment.Time.GetUtcNow());
            status = DescribeNeedsLock();
        }

        _catalog.Count(Name, exception);
        CatalogLog.LoadFailed(_host.Environment.Logger, status, exception);
        _catalog.Publish();
        return new PluginReloadResult(PluginReloadOutcome.Failed, status) { Failure = exception };
    }
}
