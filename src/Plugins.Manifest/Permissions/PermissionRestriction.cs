namespace Plugins.Manifest.Permissions;

/// <summary>A layer's denial or narrowing of one permission.</summary>
/// <param name="Layer">Who said it.</param>
/// <param name="Before">How far the permission reached before.</param>
/// <param name="After">How far the layer let it reach.</param>
/// <remarks>Immutable, thus safe for use from several threads.</remarks>
public sealed record PermissionRestriction(PermissionLayer Layer, PermissionScope Before, PermissionScope After)
{
    /// <summary>True if the layer denied the permission entirely.</summary>
    public bool IsDenial => After.IsEmpty;

    /// <inheritdoc/>
    public override string ToString() => IsDenial
        ? $"denied by the {Describe(Layer)}"
        : $"narrowed from {Before} to {After} by the {Describe(Layer)}";

    private static string Describe(PermissionLayer layer) => layer switch
    {
        PermissionLayer.Publisher => "trust policy's ceiling for the publisher",
        PermissionLayer.Application => "application's grants",
        PermissionLayer.Tenant => "tenant's grants",
        _ => "layer " + layer,
    };
}
