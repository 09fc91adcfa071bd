namespace Plugins.Manifest.Permissions;

/// <summary>A permission that a layer grants, with its scope.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class PermissionGrant
{
    /// <summary>Gives a permission with a scope.</summary>
    /// <param name="name">The permission's name.</param>
    /// <param name="scope">The scope; <see langword="null"/> for unlimited.</param>
    /// <exception cref="ArgumentException">The name does not have the form of a permission's name.</exception>
    public PermissionGrant(string name, PermissionScope? scope = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!PermissionNames.IsValid(name))
        {
            throw new ArgumentException($"A permission's name is {PermissionNames.Form}.", nameof(name));
        }

        Name = name;
        Scope = scope ?? PermissionScope.Unlimited;
    }

    /// <summary>Gives a permission with a scope of items.</summary>
    /// <param name="name">The permission's name.</param>
    /// <param name="scope">The scope's items, at least one.</param>
    /// <exception cref="ArgumentException">The name does not have the form of a permission's name.</exception>
    /// <exception cref="FormatException">The permission has no scope, or an item has the wrong form.</exception>
    public PermissionGrant(string name, params IReadOnlyList<string> scope)
        : this(name, PermissionScope.Parse(name, scope))
    {
    }

    /// <summary>The permission's name.</summary>
    public string Name { get; }

    /// <summary>The scope within which it is granted.</summary>
    public PermissionScope Scope { get; }

    /// <inheritdoc/>
    public override string ToString() => Scope.IsUnlimited ? Name : $"{Name} ({Scope})";
}
