using System.Collections.Immutable;

namespace Plugins.Manifest.Permissions;

public sealed partial class PermissionScope
{
    /// <summary>The intersection of two scopes of one permission.</summary>
    /// <param name="other">The other scope.</param>
    /// <returns>The intersection, exactly.</returns>
    /// <exception cref="ArgumentException">The scopes belong to permissions of different kinds.</exception>
    public PermissionScope Intersect(PermissionScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsUnlimited || other.IsUnlimited)
        {
            return IsUnlimited ? other : this;
        }

        if (IsEmpty || other.IsEmpty)
        {
            return Nothing;
        }

        RequireSameKind(other);

        // Two items have one item, or nothing, in common: for prefixes and names, the inner one.
        return _kind == ScopeKind.Hosts
            ? Create(_hosts.SelectMany(host => other._hosts.Select(host.Intersect)).OfType<HostPattern>())
            : Create(_kind, Items.Where(other.CoversItem).Concat(other.Items.Where(CoversItem)));
    }

    /// <summary>The union of two scopes of one permission.</summary>
    /// <param name="other">The other scope.</param>
    /// <returns>The union, exactly.</returns>
    /// <exception cref="ArgumentException">The scopes belong to permissions of different kinds.</exception>
    public PermissionScope Union(PermissionScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsUnlimited || other.IsEmpty)
        {
            return this;
        }

        if (other.IsUnlimited || IsEmpty)
        {
            return other;
        }

        RequireSameKind(other);
        return _kind == ScopeKind.Hosts
            ? Create(_hosts.Concat(other._hosts))
            : Create(_kind, Items.Concat(other.Items));
    }

    /// <summary>True if this scope reaches everything that another one does.</summary>
    /// <param name="other">The other scope, of the same permission.</param>
    /// <returns>True if nothing of the other is outside this one.</returns>
    public bool Covers(PermissionScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (IsUnlimited || other.IsEmpty)
        {
            return true;
        }

        if (other.IsUnlimited || other._kind != _kind)
        {
            return false;
        }

        return _kind == ScopeKind.Hosts ? other._hosts.All(CoversHost) : other.Items.All(CoversItem);
    }

    internal static PermissionScope? TryParse(string permission, IReadOnlyList<string> items, out int badItem)
    {
        badItem = -1;
        var kind = PermissionNames.KindOf(permission);
        if (kind == ScopeKind.None || items.Count is 0 or > MaxItems)
        {
            return null;
        }

        var hosts = new List<HostPattern>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            HostPattern? host = null;
            if (items[i].Length is 0 or > MaxItemLength
                || (kind == ScopeKind.Hosts && !HostPattern.TryParse(items[i], out host))
                || (kind == ScopeKind.Directories && !GuestDirectory.IsValid(items[i])))
            {
                badItem = i;
                return null;
            }

            hosts.Add(host!); // Used for hosts alone, where it was just read.
        }

        return kind == ScopeKind.Hosts ? Create(hosts) : Create(kind, items);
    }

    private static PermissionScope Create(ScopeKind kind, IEnumerable<string> items)
    {
        var distinct = items.Distinct(StringComparer.Ordinal).ToArray();
        bool IsInner(string item) => distinct.Any(other => other != item && Covers(kind, other, item));
        var outer = kind == ScopeKind.Names ? distinct : distinct.Where(item => !IsInner(item));
        return new PermissionScope(kind, unlimited: false, [.. outer]);
    }

    private static PermissionScope Create(IEnumerable<HostPattern> hosts)
    {
        var distinct = hosts.Distinct().ToArray();
        var outer = distinct.Where(item => !distinct.Any(other => other != item && other.Covers(item)));
        return new PermissionScope(outer.ToImmutableArray());
    }

    private bool CoversHost(HostPattern item) => _hosts.Any(host => host.Covers(item));

    private bool CoversItem(string item) => Items.Any(outer => CoversItem(outer, item));

    private bool CoversItem(string outer, string item) => Covers(_kind, outer, item);

    private static bool Covers(ScopeKind kind, string outer, string item) => kind switch
    {
        ScopeKind.Prefixes => item.StartsWith(outer, StringComparison.Ordinal),
        ScopeKind.Directories => GuestDirectory.Covers(outer, item),
        _ => string.Equals(item, outer, StringComparison.Ordinal),
    };

    private void RequireSameKind(PermissionScope other)
    {
        if (_kind != other._kind)
        {
            throw new ArgumentException("The scopes belong to permissions of different kinds.", nameof(other));
        }
    }
}
