using System.Diagnostics.CodeAnalysis;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.Host.Catalog;

/// <summary>The versions of one plugin: which serve, what they are replaced by, and what has been refused.</summary>
/// <remarks>Safe for use by many threads. One change at a time; calls wait for none but the first load.</remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Neither has anything to dispose as long as no wait handle or timer is used.")]
internal sealed partial class PluginDeployment
{
    private readonly PluginCatalog _catalog;
    private readonly PluginHost _host;

    // One change at a time: loads, canaries, rollbacks, and the stop that ends them all.
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private volatile PluginRoutes? _routes;
    private volatile bool _isDisabled;
    private volatile bool _isStopped;
    private volatile PluginLoadFailure? _failure;
    private PluginPackage? _previous;
    private SemanticVersion? _previousVersion;
    private bool _isPinned;
    private bool _hasPendingChange;
    private volatile CatalogEntry _entry;

    internal PluginDeployment(PluginCatalog catalog, PluginHost host, CatalogEntry entry)
    {
        _catalog = catalog;
        _host = host;
        _entry = entry;
        _isPinned = entry.IsPinned;
        _isDisabled = !entry.IsEnabled;
    }

    internal string Name => _entry.Name;

    internal PluginStatus Status
    {
        get
        {
            lock (_gate)
            {
                return DescribeNeedsLock();
            }
        }
    }

    internal int Uses => _routes?.Versions.Sum(version => version.Uses) ?? 0;

    /// <summary>True if a version came while it was pinned.</summary>
    internal bool HasPendingChange
    {
        get
        {
            lock (_gate)
            {
                return _hasPendingChange;
            }
        }
    }

    internal void Disable() => Change(() => _isDisabled = true, "disabled");

    internal void Enable() => Change(() => _isDisabled = false, "enabled");

    internal void Pin() => Change(() => _isPinned = true, "pinned");

    internal async Task<PluginReloadResult?> UnpinAsync(CancellationToken cancellationToken)
    {
        var hasPending = false;
        Change(
            () =>
            {
                _isPinned = false;
                hasPending = _hasPendingChange;
                _hasPendingChange = false;
            },
            "unpinned");
        return hasPending ? await ReloadAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>The version for a call, counted as used until it is released.</summary>
    internal PluginVersion Acquire(PluginCallOptions? options)
    {
        while (true)
        {
            var routes = _routes;
            if (routes is null || _isDisabled || _isStopped)
            {
                LoadOrRefuseAsync().GetAwaiter().GetResult();
                continue;
            }

            // What is retired has been replaced before.
            var version = routes.For(options);
            if (version.TryAcquire())
            {
                return version;
            }
        }
    }

    /// <inheritdoc cref="Acquire"/>
    internal async ValueTask<PluginVersion> AcquireAsync(
        PluginCallOptions? options, CancellationToken cancellationToken)
    {
        if (_routes is null)
        {
            await LoadOrRefuseAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Acquire(options);
    }

    private Task LoadOrRefuseAsync()
    {
        if (_isStopped || _isDisabled)
        {
            throw new PluginUnavailableException(
                Name, _isStopped ? PluginUnavailableReason.Stopped : PluginUnavailableReason.Disabled);
        }

        if (_routes is not null)
        {
            return Task.CompletedTask;
        }

        return _failure is { } failure ? throw Unavailable(failure) : LoadFirstAsync(CancellationToken.None);
    }

    private PluginUnavailableException Unavailable(PluginLoadFailure failure) =>
        new(Name, PluginUnavailableReason.LoadFailed, _entry.Source.Location, failure.Exception);

    private void Change(Action change, string description)
    {
        lock (_gate)
        {
            change();
        }

        CatalogLog.Changed(_host.Environment.Logger, Name, description);
        _catalog.Publish();
    }

    private PluginStatus DescribeNeedsLock()
    {
        var routes = _routes;
        return new PluginStatus
        {
            Name = Name,
            Location = _entry.Source.Location,
            State = PluginStatus.StateOf(_isStopped, _isDisabled, routes is not null, _failure is not null),
            IsRequired = _entry.IsRequired,
            Version = routes is null ? null : PluginVersionStatus.Of(routes.Stable),
            Canary = routes?.Canary is { } canary ? PluginVersionStatus.Of(canary) : null,
            CanaryShare = routes?.Share ?? 0,
            PreviousVersion = _previousVersion,
            IsPinned = _isPinned,
            LastFailure = _failure,
        };
    }
}
