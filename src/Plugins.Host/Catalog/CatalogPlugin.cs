using Plugins.Host.Errors;

namespace Plugins.Host.Catalog;

/// <summary>A plugin under its name in a catalog: each call goes to the version that serves when it begins.</summary>
/// <remarks>
/// <para>Safe for use by many threads. The catalog disposes it. No call fails because a version is replaced: those that
/// have begun end on the version they began with.</para>
/// <para>Calls behave as those of <see cref="Plugin"/>, and throw a <see cref="PluginUnavailableException"/> where no
/// version can be called. For sessions, and for several calls of one version, take a <see cref="Lease"/>.</para>
/// </remarks>
public sealed partial class CatalogPlugin
{
    internal CatalogPlugin(PluginCatalog catalog, PluginHost host, CatalogEntry entry) =>
        Deployment = new PluginDeployment(catalog, host, entry);

    /// <summary>The name that the application knows it by.</summary>
    public string Name => Deployment.Name;

    /// <summary>What serves its calls now, and what became of the last load.</summary>
    public PluginStatus Status => Deployment.Status;

    /// <summary>Number of calls and leases that use its current versions.</summary>
    public int Uses => Deployment.Uses;

    /// <summary>Its versions, and what replaces them.</summary>
    internal PluginDeployment Deployment { get; }

    /// <summary>Takes the version that serves now, for sessions or several calls of the same version.</summary>
    /// <param name="options">Tenant or routing key, which choose between a canary and the stable version.</param>
    /// <returns>The lease; dispose it soon.</returns>
    /// <remarks>Where the first call loads it, the thread waits for that.</remarks>
    /// <exception cref="PluginUnavailableException">No version can be called.</exception>
    public PluginLease Lease(PluginCallOptions? options = null) => new(Deployment.Acquire(options));

    /// <summary>Takes the version that serves now; where the first call loads it, no thread waits for that.</summary>
    /// <param name="options">Tenant or routing key, which choose between a canary and the stable version.</param>
    /// <param name="cancellationToken">Ends the waiting; the load goes on for others.</param>
    /// <returns>The lease; dispose it soon.</returns>
    /// <exception cref="PluginUnavailableException">No version can be called.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async ValueTask<PluginLease> LeaseAsync(
        PluginCallOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await Deployment.AcquireAsync(options, cancellationToken).ConfigureAwait(false));

    /// <summary>Refuses calls from now on; those that have begun end.</summary>
    /// <remarks>The version stays loaded, so that <see cref="Enable"/> is immediate.</remarks>
    public void Disable() => Deployment.Disable();

    /// <summary>Serves calls again after <see cref="Disable"/>.</summary>
    public void Enable() => Deployment.Enable();

    /// <summary>Takes no new version from the source until <see cref="UnpinAsync"/>, but by a reload.</summary>
    public void Pin() => Deployment.Pin();

    /// <summary>Takes new versions again; one that came meanwhile is loaded now.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>The reload of what came meanwhile; null where nothing came.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult?> UnpinAsync(CancellationToken cancellationToken = default) =>
        Deployment.UnpinAsync(cancellationToken);

    /// <summary>Loads what the source has now, and replaces all that serves by it; a canary ends.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>What came of it. A version that is refused is no exception.</returns>
    /// <remarks>
    /// It is read, verified, compiled, initialised and tried by <see cref="CatalogEntry.SmokeCall"/> while the present
    /// version serves, and takes its place at once.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult> ReloadAsync(CancellationToken cancellationToken = default) =>
        Deployment.ReloadAsync(cancellationToken);

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
            : Deployment.StartCanaryAsync(share, cancellationToken);
    }

    /// <summary>Gives all calls to the canary.</summary>
    /// <param name="cancellationToken">Stops waiting for another change of this plugin.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult> PromoteCanaryAsync(CancellationToken cancellationToken = default) =>
        Deployment.PromoteCanaryAsync(cancellationToken);

    /// <summary>Ends the canary, or, where there is none, loads the version before this one again.</summary>
    /// <param name="cancellationToken">Stops loading; what serves goes on serving.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>
    /// The version before is verified again. The source still has the newer one: a reload takes it, and so does a
    /// change of the source unless the plugin is pinned.
    /// </remarks>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task<PluginReloadResult> RollbackAsync(CancellationToken cancellationToken = default) =>
        Deployment.RollbackAsync(cancellationToken);
}
