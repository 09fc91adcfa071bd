namespace Plugins.Manifest.Permissions;

/// <summary>A permission that a plugin asks for, and why.</summary>
/// <remarks>
/// A plugin may ask for one permission twice: once required and once optional, with different scopes. Immutable, thus
/// safe for use from several threads.
/// </remarks>
public sealed record PermissionRequest
{
    /// <summary>The permission's name, such as <see cref="PermissionNames.HttpSend"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The requested scope.</summary>
    /// <value><see cref="PermissionScope.Unlimited"/> by default, which <c>http.send</c> may not ask for.</value>
    public PermissionScope Scope { get; init; } = PermissionScope.Unlimited;

    /// <summary>The publisher's reason for the request: a claim, to be shown as such.</summary>
    public required string Reason { get; init; }

    /// <summary>True to refuse loading the plugin unless the whole scope is granted.</summary>
    /// <value><see langword="false"/> by default.</value>
    public bool Required { get; init; }
}
