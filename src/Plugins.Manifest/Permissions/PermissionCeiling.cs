using System.Collections.Frozen;

namespace Plugins.Manifest.Permissions;

/// <summary>The permissions one layer allows: a list of grants, anything, or anything with exceptions.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class PermissionCeiling
{
    // Only what differs from the scope of all others.
    private readonly FrozenDictionary<string, PermissionScope> _scopes;
    private readonly PermissionScope _others;

    private PermissionCeiling(IEnumerable<KeyValuePair<string, PermissionScope>> scopes, PermissionScope others)
    {
        _others = others;
        _scopes = scopes.Where(pair => !pair.Value.Equals(others)).ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A ceiling that allows every request.</summary>
    /// <remarks><see cref="Without"/> takes permissions out of it.</remarks>
    public static PermissionCeiling Anything { get; } = new([], PermissionScope.Unlimited);

    /// <summary>A ceiling that allows nothing.</summary>
    public static PermissionCeiling Nothing { get; } = new([], PermissionScope.Nothing);

    /// <summary>True if the layer allows every request without exception.</summary>
    public bool IsAnything => _others.IsUnlimited && _scopes.Count == 0;

    /// <summary>The permissions that the layer lists and allows, in order of their names.</summary>
    /// <value>Empty when nothing is allowed, or anything.</value>
    public IReadOnlyList<PermissionGrant> Grants =>
    [
        .. Listed().Where(pair => !pair.Value.IsEmpty).Select(pair => new PermissionGrant(pair.Key, pair.Value)),
    ];

    /// <summary>The permissions that the layer denies while it allows any other, in order.</summary>
    /// <value>Empty unless permissions were taken out of <see cref="Anything"/>.</value>
    public IReadOnlyList<string> Exceptions =>
        [.. Listed().Where(pair => pair.Value.IsEmpty).Select(pair => pair.Key)];

    /// <summary>Allows these permissions and no others.</summary>
    /// <param name="grants">The permissions; several of one name add up.</param>
    /// <returns>The ceiling.</returns>
    public static PermissionCeiling Of(params IEnumerable<PermissionGrant> grants) => Nothing.With(grants);

    /// <summary>Allows these permissions besides what is allowed already.</summary>
    /// <param name="grants">The permissions; scopes of one name add up.</param>
    /// <returns>The wider ceiling.</returns>
    public PermissionCeiling With(params IEnumerable<PermissionGrant> grants)
    {
        ArgumentNullException.ThrowIfNull(grants);
        var scopes = new Dictionary<string, PermissionScope>(_scopes, StringComparer.Ordinal);
        foreach (var grant in grants)
        {
            ArgumentNullException.ThrowIfNull(grant, nameof(grants));
            scopes[grant.Name] = scopes.GetValueOrDefault(grant.Name, _others).Union(grant.Scope);
        }

        return new PermissionCeiling(scopes, _others);
    }

    /// <summary>Denies these permissions, and leaves the others as they are.</summary>
    /// <param name="names">The permissions' names, such as <c>http.send</c>.</param>
    /// <returns>The narrower ceiling.</returns>
    /// <exception cref="ArgumentException">A name does not have the form of a permission's name.</exception>
    public PermissionCeiling Without(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var scopes = new Dictionary<string, PermissionScope>(_scopes, StringComparer.Ordinal);
        foreach (var name in names)
        {
            // A misspelt exception would deny nothing.
            scopes[new PermissionGrant(name).Name] = PermissionScope.Nothing;
        }

        return new PermissionCeiling(scopes, _others);
    }

    /// <summary>The scope in which the layer allows a permission.</summary>
    /// <param name="name">The permission's name.</param>
    /// <returns><see cref="PermissionScope.Nothing"/> when it does not allow it at all.</returns>
    public PermissionScope ScopeOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _scopes.GetValueOrDefault(name, _others);
    }

    private IEnumerable<KeyValuePair<string, PermissionScope>> Listed() =>
        _scopes.OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
