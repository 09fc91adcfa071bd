namespace Plugins.Host.Clients;

/// <summary>Marks the parameter of a client's method that is the call's tenant.</summary>
/// <remarks>It goes over that of the options. Immutable and safe for use by many threads.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PluginTenantAttribute : Attribute
{
    /// <summary>Makes the attribute.</summary>
    public PluginTenantAttribute()
    {
    }
}
