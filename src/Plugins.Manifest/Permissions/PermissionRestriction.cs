namespace Plugins.Manifest.Permissions;

/// <summary>A layer's denial or narrowing of one permission.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Before">The scope before the layer was asked.</param>
/// <param name="After">The scope that the layer left.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
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
