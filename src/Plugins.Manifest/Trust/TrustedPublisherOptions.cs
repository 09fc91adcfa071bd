using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Trust;

/// <summary>An unchecked publisher entry of a trust policy.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record TrustedPublisherOptions
{
    /// <summary>The whole publisher part of a plugin id, or <c>*</c> for those without an entry of their own.</summary>
    public required string Name { get; init; }

    /// <summary>Names of the keys that may sign for the publisher.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    /// <summary>The number of different keys that must have signed.</summary>
    /// <value>1 by default.</value>
    public int Threshold { get; init; } = 1;

    /// <summary>The ceiling on permissions for the publisher's plugins.</summary>
    /// <value><see cref="PermissionCeiling.Anything"/> by default: the application alone decides.</value>
    public PermissionCeiling Ceiling { get; init; } = PermissionCeiling.Anything;
}
