namespace Plugins.Manifest.Permissions;

/// <summary>The decision on one request: the scope granted, and the layers that narrowed it.</summary>
/// <param name="Request">What the plugin asked for.</param>
/// <param name="Granted">What all layers allow of it.</param>
/// <param name="Restrictions">Each layer that took something away, in the order in which they were asked.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PermissionDecision(
    PermissionRequest Request,
    PermissionScope Granted,
    IReadOnlyList<PermissionRestriction> Restrictions)
{
    /// <summary>True if anything of the request is granted.</summary>
    public bool IsGranted => !Granted.IsEmpty;

    /// <summary>True if a required request was not granted in full; the plugin must not be loaded.</summary>
    public bool IsMissing => Request.Required && Restrictions.Count > 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        var need = Request.Required ? "required" : "optional";
        var outcome = Restrictions.Count == 0 ? $"granted ({Granted})" : string.Join("; ", Restrictions);
        return $"{Request.Name} ({need}): {outcome}";
    }
}
