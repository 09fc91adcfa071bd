namespace Plugins.Host.Capabilities.Variables;

/// <summary>A selection of variables: those of a tenant, of one of its plugins, or with a prefix.</summary>
/// <param name="Tenant">The tenant, or null for the application itself.</param>
/// <param name="Owner">The plugin, as <see cref="VariableKey.OwnerOf"/> names it; null for all of the tenant's.</param>
/// <param name="NamePrefix">Prefix of names, compared ordinally; empty for all names.</param>
/// <remarks>Immutable.</remarks>
public sealed record VariableQuery(string? Tenant, string? Owner = null, string NamePrefix = "")
{
    /// <summary>True if the query selects a variable.</summary>
    /// <param name="key">Any variable.</param>
    public bool Includes(VariableKey key) => key.Tenant == Tenant
        && (Owner is null || key.Owner == Owner)
        && key.Name.StartsWith(NamePrefix, StringComparison.Ordinal);
}
