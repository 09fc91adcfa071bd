namespace Plugins.Host.Errors;

/// <summary>Whose quota or budget is used up.</summary>
public enum QuotaOwner
{
    /// <summary>The plugin's, over all its versions and tenants.</summary>
    Plugin = 0,

    /// <summary>The tenant's, over all plugins.</summary>
    Tenant = 1,

    /// <summary>The host's, over all plugins and tenants.</summary>
    Host = 2,

    /// <summary>A limiter's that the application supplies.</summary>
    Application = 3,
}
