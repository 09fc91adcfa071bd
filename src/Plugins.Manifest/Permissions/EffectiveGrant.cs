using System.Collections.Frozen;

namespace Plugins.Manifest.Permissions;

/// <summary>A plugin's permissions: its requests, limited to what every layer allows.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class EffectiveGrant
{
    private readonly FrozenDictionary<string, PermissionScope> _scopes;

    private EffectiveGrant(IReadOnlyList<PermissionDecision> decisions)
    {
        Decisions = decisions;
        _scopes = decisions
            .GroupBy(decision => decision.Request.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.Aggregate(PermissionScope.Nothing, (sum, decision) => sum.Union(decision.Granted)),
                StringComparer.Ordinal);
    }

    /// <summary>The grant of a plugin that asks for nothing.</summary>
    public static EffectiveGrant Nothing { get; } = new([]);

    /// <summary>One decision per request, in the manifest's order.</summary>
    public IReadOnlyList<PermissionDecision> Decisions { get; }

    /// <summary>The required requests that were not granted in full.</summary>
    /// <value>Empty when the plugin may be loaded.</value>
    public IEnumerable<PermissionDecision> Missing => Decisions.Where(decision => decision.IsMissing);

    /// <summary>Decides each request by intersecting it with every layer.</summary>
    /// <param name="requests">The plugin's requests.</param>
    /// <param name="layers">The ceiling of each layer, applied in this order.</param>
    /// <returns>The grant, with its explanation.</returns>
    /// <remarks>Without any layer nothing stands in the way of the requests.</remarks>
    public static EffectiveGrant Decide(
        IEnumerable<PermissionRequest> requests,
        params IReadOnlyList<(PermissionLayer Layer, PermissionCeiling Ceiling)> layers)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(layers);
        return new EffectiveGrant([.. requests.Select(request => Decide(request, layers))]);
    }

    /// <summary>True if a permission is granted at least in part.</summary>
    /// <param name="name">The permission's name.</param>
    /// <returns>True if its scope is not empty.</returns>
    public bool IsGranted(string name) => !ScopeOf(name).IsEmpty;

    /// <summary>True if the plugin asked for a permission, granted or not.</summary>
    /// <param name="name">The permission's name.</param>
    /// <returns>True if a request names it.</returns>
    public bool IsRequested(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _scopes.ContainsKey(name);
    }

    /// <summary>The scope of a permission.</summary>
    /// <param name="name">The permission's name.</param>
    /// <returns><see cref="PermissionScope.Nothing"/> when it was not asked for or not granted.</returns>
    public PermissionScope ScopeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _scopes.GetValueOrDefault(name, PermissionScope.Nothing);
    }

    /// <summary>Explains every decision, one line each.</summary>
    /// <returns>Text for the operator, which names every layer that said no.</returns>
    public override string ToString() => string.Join('\n', Decisions);

    private static PermissionDecision Decide(
        PermissionRequest request, IReadOnlyList<(PermissionLayer Layer, PermissionCeiling Ceiling)> layers)
    {
        var scope = request.Scope;
        var restrictions = new List<PermissionRestriction>();
        foreach (var (layer, ceiling) in layers)
        {
            var after = scope.Intersect(ceiling.ScopeOf(request.Name));
            if (!after.Covers(scope))
            {
                restrictions.Add(new PermissionRestriction(layer, scope, after));
            }

            scope = after;
        }

        return new PermissionDecision(request, scope, restrictions);
    }
}
