namespace Plugins.Host.Catalog;

internal sealed partial class PluginDeployment
{
    /// <summary>Loads what another source has, and goes by another entry from then on.</summary>
    /// <remarks>Where it is refused, entry and version stay. There is nothing to roll back to afterwards.</remarks>
    internal async Task<PluginReloadResult> ReconfigureAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        var isTaken = false;
        try
        {
            if (_isStopped)
            {
                return new PluginReloadResult(PluginReloadOutcome.Stopped, Status);
            }

            if (_routes is null && _failure is null)
            {
                // Nothing was loaded yet, and so is nothing now: the first call does it.
                isTaken = true;
                Take(entry);
                return new PluginReloadResult(PluginReloadOutcome.NothingBefore, Status);
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
            var version = await Task.Run(
                () => PrepareAsync(
                    token => entry.Source.ReadAsync(_host.MaximumModuleBytes, token), entry, ending.Token),
                ending.Token).ConfigureAwait(false);
            isTaken = true;
            Take(entry);
            var result = Place(version, new PluginRoutes(version), "configured anew");
            lock (_gate)
            {
                // It was loaded with settings and grants that it may not have any more.
                (_previous, _previousVersion) = (null, null);
            }

            return result;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return _isStopped ? new PluginReloadResult(PluginReloadOutcome.Stopped, Status) : Fail(exception);
        }
        finally
        {
            if (!isTaken)
            {
                (entry.Source as IDisposable)?.Dispose();
            }

            _turn.Release();
        }
    }

    /// <summary>Loads the version that serves again, under changed rules of the host; a canary ends.</summary>
    /// <remarks>One that could not be loaded before is read from its source again.</remarks>
    internal Task RenewAsync(CancellationToken cancellationToken) => _routes is null && _failure is null
        ? Task.CompletedTask
        : InTurnAsync(
            token => _routes?.Stable.Package is { } package ? ValueTask.FromResult(package) : ReadAsync(token),
            (version, before) =>
            {
                version.IsFallback = before is { Stable.IsFallback: true };
                return new PluginRoutes(version);
            },
            "loaded again under other rules",
            cancellationToken);

    /// <summary>Goes by what an entry says of calls and of new versions, without another load.</summary>
    internal async Task ApplyRulesAsync(CatalogEntry entry, CancellationToken cancellationToken)
    {
        (entry.Source as IDisposable)?.Dispose();
        CatalogEntry before;
        lock (_gate)
        {
            before = _entry;
            _entry = before with
            {
                IsRequired = entry.IsRequired,
                LoadAtStart = entry.LoadAtStart,
                IsEnabled = entry.IsEnabled,
                IsPinned = entry.IsPinned,
            };
        }

        // Only what has changed: an operator may have said otherwise since.
        if (entry.IsEnabled != before.IsEnabled)
        {
            Change(() => _isDisabled = !entry.IsEnabled, entry.IsEnabled ? "enabled" : "disabled");
        }

        if (entry.IsPinned && !before.IsPinned)
        {
            Pin();
        }
        else if (before.IsPinned && !entry.IsPinned)
        {
            await UnpinAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Goes by another entry, and watches its source in place of the present one.</summary>
    private void Take(CatalogEntry entry)
    {
        CatalogEntry gone;
        IDisposable? watch;
        lock (_gate)
        {
            var before = _entry;
            watch = TakeWatchNeedsLock();
            gone = _isStopped ? entry : before;
            _entry = _isStopped ? before : entry;
            _hasPendingChange = false;
            _isPinned = entry.IsPinned == before.IsPinned ? _isPinned : entry.IsPinned;
            _isDisabled = entry.IsEnabled == before.IsEnabled ? _isDisabled : !entry.IsEnabled;
        }

        watch?.Dispose();
        (gone.Source as IDisposable)?.Dispose();
        Watch();
    }
}
