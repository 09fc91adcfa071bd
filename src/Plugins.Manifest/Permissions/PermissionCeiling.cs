using System.Collections.Frozen;

namespace Plugins.Manifest.Permissions;

/// <summary>All that one layer allows: a list of grants, or anything.</summary>
/// <remarks>Immutable, thus safe for use from several threads.</remarks>
public sealed class PermissionCeiling
{
    private readonly FrozenDictionary<string, PermissionScope>? _scopes;

    private PermissionCeiling(FrozenDictionary<string, PermissionScope>? scopes)
    {
        _scopes = scopes;
    }

    /// <summary>Allows whatever is asked for, as far as this layer is concerned.</summary>
    public static PermissionCeiling Anything { get; } = new(null);

    /// <summary>Allows nothing.</summary>
    public static PermissionCeiling Nothing { get; } = Of();

    /// <summary>Whether the layer allows whatever is asked for.</summary>
    public bool IsAnything => _scopes is null;

    /// <summary>The permissions that the layer allows, in order of their names.</summary>
    /// <value>Empty when <see cref="IsAnything"/> as when nothing is allowed.</value>
    public IReadOnlyList<PermissionGrant> Grants => _scopes is null
        ? []
        : [.. _scopes.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new PermissionGrant(pair.Key, pair.Value))];

    /// <summary>Allows these permissions and no others.</summary>
    /// <param name="grants">The permissions; several of one name add up.</param>
    /// <returns>The ceiling.</returns>
    public static PermissionCeiling Of(params IEnumerable<PermissionGrant> grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        var scopes = new Dictionary<string, PermissionScope>(StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            ArgumentNullException.ThrowIfNull(grant, nameof(grants));
            var before = scopes.GetValueOrDefault(grant.Name, PermissionScope.Nothing);
            scopes[grant.Name] = before.Union(grant.Scope);
        }

        return new PermissionCeiling(scopes.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>How far the layer allows a permission to reach.</summary>
    /// <param name="name">The permission's name.</param>
    /// <returns><see cref="PermissionScope.Nothing"/> when it does not allow it at all.</returns>
    public PermissionScope ScopeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _scopes is null ? PermissionScope.Unlimited : _scopes.GetValueOrDefault(name, PermissionScope.Nothing);
    }
}
