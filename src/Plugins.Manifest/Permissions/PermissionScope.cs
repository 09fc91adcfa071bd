using System.Collections.Immutable;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Permissions;

/// <summary>The scope of a permission: everywhere, nowhere, or a list of items.</summary>
/// <remarks>
/// What an item means is the permission's business: <c>http.send</c> takes a <see cref="HostPattern"/>, the variables
/// take key prefixes, and an application's own permissions take texts that only they understand. What two items of one
/// kind have in common is an item too, so that scopes intersect exactly. Scopes are equal when each covers the other.
/// Immutable and safe for use by many threads.
/// </remarks>
public sealed partial class PermissionScope : IEquatable<PermissionScope>
{
    /// <summary>Maximum number of items in a scope.</summary>
    public const int MaxItems = 64;

    /// <summary>Maximum length of an item, in characters.</summary>
    public const int MaxItemLength = HostPattern.MaxLength;

    private readonly ScopeKind _kind;
    private readonly ImmutableArray<HostPattern> _hosts = [];

    private PermissionScope(ScopeKind kind, bool unlimited, ImmutableArray<string> items)
    {
        _kind = kind;
        IsUnlimited = unlimited;
        Items = items;
    }

    private PermissionScope(ImmutableArray<HostPattern> hosts)
        : this(ScopeKind.Hosts, unlimited: false, [.. hosts.Select(host => host.ToString())])
    {
        _hosts = hosts;
    }

    /// <summary>The unlimited scope.</summary>
    public static PermissionScope Unlimited { get; } = new(ScopeKind.None, unlimited: true, []);

    /// <summary>The empty scope, which covers nothing.</summary>
    public static PermissionScope Nothing { get; } = new(ScopeKind.None, unlimited: false, []);

    /// <summary>True if the scope is unlimited.</summary>
    public bool IsUnlimited { get; }

    /// <summary>True if the scope covers nothing.</summary>
    public bool IsEmpty => !IsUnlimited && Items.Count == 0;

    /// <summary>The items, in their canonical form and without those that others cover.</summary>
    /// <value>Empty for an unlimited scope as for one that reaches nowhere.</value>
    public IReadOnlyList<string> Items { get; }

    /// <summary>Reads a scope's items as a permission understands them.</summary>
    /// <param name="permission">The permission's name.</param>
    /// <param name="items">From 1 to <see cref="MaxItems"/> items.</param>
    /// <returns>The scope.</returns>
    /// <exception cref="FormatException">The permission has no scope, or an item has the wrong form.</exception>
    public static PermissionScope Parse(string permission, params IReadOnlyList<string> items)
    {
        ArgumentNullException.ThrowIfNull(permission);
        ArgumentNullException.ThrowIfNull(items);
        var scope = TryParse(permission, items, out var badItem);
        return scope ?? throw new FormatException(badItem < 0
            ? $"The permission {VisibleText.Name(permission)} cannot have a scope of {items.Count} items."
            : $"Item {badItem} of the scope of {VisibleText.Name(permission)} is not {FormOf(permission)}.");
    }

    /// <summary>True if a key is within the scope of a permission for variables.</summary>
    /// <param name="key">A key.</param>
    /// <returns>True if the scope is unlimited or lists a prefix of the key.</returns>
    public bool CoversKey(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return IsUnlimited || (_kind == ScopeKind.Prefixes && Items.Any(prefix => CoversItem(prefix, key)));
    }

    /// <summary>True if a request is within the scope of <c>http.send</c>.</summary>
    /// <param name="method">The request's method, which is compared exactly.</param>
    /// <param name="address">An absolute address.</param>
    /// <returns>True if the scope is unlimited or lists a pattern that covers the request.</returns>
    /// <remarks>Says nothing of where the host name resolves to; private ranges are for the sender to refuse.</remarks>
    public bool CoversRequest(string method, Uri address)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(address);
        return IsUnlimited || _hosts.Any(host => host.Covers(method, address));
    }

    /// <summary>True if a text is one of the items of an application's own permission.</summary>
    /// <param name="name">The application's own text.</param>
    /// <returns>True if the scope is unlimited or lists exactly this text.</returns>
    public bool CoversName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsUnlimited || (_kind == ScopeKind.Names && Items.Contains(name, StringComparer.Ordinal));
    }

    /// <summary>True if a directory is within the scope of <c>wasi.files</c>.</summary>
    /// <param name="guestPath">The path that the guest knows it by.</param>
    /// <param name="isReadOnly">Whether it is only to be read.</param>
    /// <returns>True if the scope is unlimited, or lists the path with this right or a greater one.</returns>
    public bool CoversDirectory(string guestPath, bool isReadOnly)
    {
        ArgumentNullException.ThrowIfNull(guestPath);
        var item = isReadOnly ? guestPath + GuestDirectory.ReadOnly : guestPath;
        return IsUnlimited || (_kind == ScopeKind.Directories && CoversItem(item));
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        return IsUnlimited ? "everything" : IsEmpty ? "nothing" : string.Join(", ", Items);
    }

    /// <inheritdoc/>
    public bool Equals(PermissionScope? other) => other is not null && Covers(other) && other.Covers(this);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PermissionScope);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsUnlimited, Items.Count);

    internal static string FormOf(string permission) => PermissionNames.KindOf(permission) switch
    {
        ScopeKind.Hosts => HostPattern.Form,
        ScopeKind.None => "allowed: this permission has no scope",
        ScopeKind.Directories => GuestDirectory.Form,
        _ => $"1 to {MaxItemLength} characters",
    };
}
