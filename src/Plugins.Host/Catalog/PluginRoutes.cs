namespace Plugins.Host.Catalog;

/// <summary>The versions that serve the calls of one plugin; replaced as a whole.</summary>
/// <param name="Stable">Serves all that the canary does not.</param>
/// <param name="Canary">Serves a share of the keys.</param>
/// <param name="Share">The canary's share, from 0 to 1.</param>
internal sealed record PluginRoutes(PluginVersion Stable, PluginVersion? Canary = null, double Share = 0)
{
    private int _turns;

    internal IEnumerable<PluginVersion> Versions => Canary is null ? [Stable] : [Stable, Canary];

    /// <summary>The version for a call: by its key, or by turns where it has none.</summary>
    internal PluginVersion For(PluginCallOptions? options)
    {
        if (Canary is null)
        {
            return Stable;
        }

        var key = options?.RoutingKey ?? options?.Tenant;
        var place = key is null ? RoutingHash.PlaceOf(Interlocked.Increment(ref _turns)) : RoutingHash.PlaceOf(key);
        return place < Share ? Canary : Stable;
    }
}
