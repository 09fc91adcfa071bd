using Microsoft.Extensions.Primitives;
using Plugins.Host.Catalog.Sources;

namespace Plugins.Host.Catalog;

public sealed partial class CatalogPlugin
{
    /// <summary>Loads what the source has now, and replaces all that serves by it; a canary ends.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>What came of it. A version that is refused is no exception.</returns>
    /// <remarks>
    /// It is read, verified, compiled, initialised and tried by <see cref="CatalogEntry.SmokeCall"/> while the present
    /// version serves, and takes its place at once.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult> ReloadAsync(CancellationToken cancellationToken = default) => InTurnAsync(
        ReadAsync, (version, _) => new PluginRoutes(version), "replaced", cancellationToken);

    /// <summary>Loads what the source has now beside the present version, for a share of the keys.</summary>
    /// <param name="share">The share of keys, above 0 and up to 1.</param>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>What came of it; without a version before, it serves all.</returns>
    /// <remarks><see cref="PluginCallOptions.RoutingKey"/> tells how calls are shared out.</remarks>
    /// <inheritdoc cref="ReloadAsync" path="/exception"/>
    public Task<PluginReloadResult> StartCanaryAsync(double share, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        return !(share > 0)
            ? throw new ArgumentOutOfRangeException(nameof(share), share, "The share is above 0.")
            : InTurnAsync(
                ReadAsync,
                (version, before) => before is null
                    ? new PluginRoutes(version)
                    : new PluginRoutes(before.Stable, version, share),
                "given a canary",
                cancellationToken);
    }

    /// <summary>Gives all calls to the canary.</summary>
    /// <param name="cancellationToken">Stops waiting for another change of this plugin.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult> PromoteCanaryAsync(CancellationToken cancellationToken = default) => InTurnAsync(
        () => _routes?.Canary is { } canary
            ? Replace(new PluginRoutes(canary), "given wholly to its canary")
            : null,
        cancellationToken);

    /// <summary>Ends the canary, or, where there is none, loads the version before this one again.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>
    /// The version before is verified again. The source still has the newer one: a reload takes it, and so does a
    /// change of the source unless the plugin is pinned.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PluginReloadResult> RollbackAsync(CancellationToken cancellationToken = default)
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

        lock (_gate)
        {
            if (_watch is null && !_isStopped && _entry.Watch)
            {
                _watch = ChangeToken.OnChange(_entry.Source.GetChangeToken, OnSourceChanged);
            }
        }

        if (_entry is { LoadAtStart: true, IsRequired: true } && _failure is { } failure)
        {
            throw Unavailable(failure);
        }
    }

    /// <summary>Refuses calls, and disposes the versions once their calls have ended.</summary>
    /// <returns>A task that ends then; false if their patience ended before.</returns>
    internal async Task<bool> StopAsync(TimeSpan patience)
    {
        lock (_gate)
        {
            _isStopped = true;
            _watch?.Dispose();
            _watch = null;
        }

        // What is being loaded is given up; a source that does not listen to that finds nobody who takes its version.
        await _stopping.CancelAsync().ConfigureAwait(false);
        PluginRoutes? routes;
        lock (_gate)
        {
            routes = _routes;
            _routes = null;
        }

        (_entry.Source as IDisposable)?.Dispose();
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

    private void OnSourceChanged()
    {
        lock (_gate)
        {
            var isWaitingForFirstCall = _routes is null && _failure is null;
            _hasPendingChange |= _isPinned;
            if (_isPinned || _isStopped || isWaitingForFirstCall)
            {
                return;
            }
        }

        // Its result is in the log and in the status.
        _ = Task.Run(() => ReloadAsync(CancellationToken.None));
    }

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
            var isFallback = failing is not null;
            var version = await Task.Run(() => PrepareAsync(read, isFallback, ending.Token), ending.Token)
                .ConfigureAwait(false);
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
        Func<CancellationToken, ValueTask<PluginPackage>> read, bool isFallback, CancellationToken cancellationToken)
    {
        var package = await read(cancellationToken).ConfigureAwait(false);
        var plugin = package.Load(_host, cancellationToken);
        try
        {
            if (_entry.SmokeCall is { } smokeCall)
            {
                await smokeCall(plugin, cancellationToken).ConfigureAwait(false);
            }

            var version = new PluginVersion(plugin, package, _host.Environment.Time.GetUtcNow())
            {
                IsFallback = isFallback,
            };
            Guard(version);
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
            if (before is not null && before.Stable != routes.Stable)
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
