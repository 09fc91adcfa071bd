using System.Diagnostics.CodeAnalysis;
using Plugins.Host.Catalog.Sources;
using Plugins.Host.Errors;
using Plugins.Manifest;

namespace Plugins.Host.Catalog;

/// <summary>A plugin under its name in a catalog: each call goes to the version that serves when it begins.</summary>
/// <remarks>
/// <para>Safe for use by many threads. The catalog disposes it. No call fails because a version is replaced: those that
/// have begun end on the version they began with.</para>
/// <para>Calls behave as those of <see cref="Plugin"/>, and throw a <see cref="PluginUnavailableException"/> where no
/// version can be called. For sessions, and for several calls of one version, take a <see cref="Lease"/>.</para>
/// </remarks>
[SuppressMessage(
    "Design", "CA1001", Justification = "Neither has anything to dispose as long as no wait handle or timer is used.")]
public sealed partial class CatalogPlugin
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
    private CatalogEntry _entry;
    private IDisposable? _watch;

    internal CatalogPlugin(PluginCatalog catalog, PluginHost host, CatalogEntry entry)
    {
        _catalog = catalog;
        _host = host;
        _entry = entry;
        _isPinned = entry.IsPinned;
        _isDisabled = !entry.IsEnabled;
    }

    /// <summary>The name that the application knows it by.</summary>
    public string Name => _entry.Name;

    /// <summary>What serves its calls now, and what became of the last load.</summary>
    public PluginStatus Status
    {
        get
        {
            lock (_gate)
            {
                return DescribeNeedsLock();
            }
        }
    }

    /// <summary>Number of calls and leases that use its current versions.</summary>
    public int Uses => _routes?.Versions.Sum(version => version.Uses) ?? 0;

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

    /// <summary>Takes the version that serves now, for sessions or several calls of the same version.</summary>
    /// <param name="options">Tenant or routing key, which choose between a canary and the stable version.</param>
    /// <returns>The lease; dispose it soon.</returns>
    /// <remarks>Where the first call loads it, the thread waits for that.</remarks>
    /// <exception cref="PluginUnavailableException">No version can be called.</exception>
    public PluginLease Lease(PluginCallOptions? options = null) => new(Acquire(options));

    /// <summary>Takes the version that serves now; where the first call loads it, no thread waits for that.</summary>
    /// <param name="options">Tenant or routing key, which choose between a canary and the stable version.</param>
    /// <param name="cancellationToken">Ends the waiting; the load goes on for others.</param>
    /// <returns>The lease; dispose it soon.</returns>
    /// <exception cref="PluginUnavailableException">No version can be called.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<PluginLease> LeaseAsync(
        PluginCallOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await AcquireAsync(options, cancellationToken).ConfigureAwait(false));

    /// <summary>Refuses calls from now on; those that have begun end.</summary>
    /// <remarks>The version stays loaded, so that <see cref="Enable"/> is immediate.</remarks>
    public void Disable() => Change(() => _isDisabled = true, "disabled");

    /// <summary>Serves calls again after <see cref="Disable"/>.</summary>
    public void Enable() => Change(() => _isDisabled = false, "enabled");

    /// <summary>Takes no new version from the source until <see cref="UnpinAsync"/>, but by a reload.</summary>
    public void Pin() => Change(() => _isPinned = true, "pinned");

    /// <summary>Takes new versions again; one that came meanwhile is loaded now.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>The reload of what came meanwhile; null where nothing came.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<PluginReloadResult?> UnpinAsync(CancellationToken cancellationToken = default)
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
        PluginCallOptions? options, CancellationToken cancellationToken = default)
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
