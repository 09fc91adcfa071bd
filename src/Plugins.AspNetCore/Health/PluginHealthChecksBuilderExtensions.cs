using Microsoft.Extensions.Diagnostics.HealthChecks;
using Plugins.AspNetCore.Health;

// Where applications look for it, rather than where the folder says.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the plugins to an application's health checks.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public static class PluginHealthChecksBuilderExtensions
{
    /// <summary>Adds a check: unhealthy without a required plugin, degraded where one is refused or fails.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where it is unhealthy; null for that.</param>
    /// <param name="tags">Its tags; <c>ready</c> where null.</param>
    /// <returns>The builder.</returns>
    /// <remarks>An application that stops is not ready: the check fails as soon as it begins to.</remarks>
    public static IHealthChecksBuilder AddPlugins(
        this IHealthChecksBuilder builder,
        string name = "plugins",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<PluginHealthCheck>(name, failureStatus, tags ?? ["ready"]);
    }
}
