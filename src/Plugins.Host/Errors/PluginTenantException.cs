using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>A call names a tenant other than the one the plugin or session serves.</summary>
/// <remarks>
/// What a plugin may do was decided for one tenant, by <see cref="PluginLoadOptions.Permissions"/>, and is not lent to
/// others. No guest code ran. Immutable.
/// </remarks>
public sealed class PluginTenantException : PluginException
{
    internal PluginTenantException(in FailureSite site, string? tenant, string requested)
        : base(PluginErrorCode.Tenant, site, Compose(tenant, requested))
    {
        Tenant = tenant;
        RequestedTenant = requested;
    }

    /// <summary>The tenant that the plugin or session serves.</summary>
    /// <value>Null: the application itself, for whom it was loaded with permissions but without a tenant.</value>
    public string? Tenant { get; }

    /// <summary>The tenant that the call names.</summary>
    public string RequestedTenant { get; }

    private static string Compose(string? tenant, string requested)
    {
        var served = tenant is null
            ? "it was loaded with permissions but without a tenant, so it serves the application alone"
            : $"it serves the tenant '{VisibleText.Name(tenant)}'";
        return $"{served}, and not '{VisibleText.Name(requested)}'.";
    }
}
