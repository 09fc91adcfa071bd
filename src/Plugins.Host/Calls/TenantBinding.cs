using Plugins.Host.Errors;

namespace Plugins.Host.Calls;

/// <summary>Whose calls a plugin or a session serves: everybody's, or those of the one it was made for.</summary>
/// <param name="IsBound">Whether it serves one only.</param>
/// <param name="Tenant">Which one: a tenant, or null for the application itself.</param>
internal readonly record struct TenantBinding(bool IsBound, string? Tenant)
{
    /// <summary>A grant that was decided for somebody is used for nobody else.</summary>
    internal static TenantBinding Of(PluginLoadOptions options) =>
        new(options.Tenant is not null || !options.Permissions.IsAnything, options.Tenant);

    /// <summary>The tenant of a call: the one it names, or else the one that this is bound to.</summary>
    internal string? Resolve(PluginCallOptions? options) => options?.Tenant ?? Tenant;

    /// <summary>True if a call names no other tenant.</summary>
    internal bool Serves(PluginCallOptions? options) =>
        !IsBound || options?.Tenant is not { } asked || asked == Tenant;

    internal PluginTenantException Refuse(PluginCallOptions? options, in FailureSite site) =>
        new(site, Tenant, options?.Tenant ?? string.Empty);
}
