using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Plugins.AspNetCore.Health;
using Plugins.Host.Catalog;

// Where applications look for it, rather than where the folder says.
namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the plugins to an application's health checks.</summary>
/// <remarks>For one thread, while services are registered.</remarks>
public static class PluginHealthChecksBuilderExtensions
{
    private const int TrustWarningDays = 14;

    /// <summary>Adds a check: unhealthy without a required plugin, degraded where one is refused or fails.</summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where it is unhealthy; null for that.</param>
    /// <param name="tags">Its tags; <c>ready</c> where null.</param>
    /// <param name="trustWarning">
    /// How long before a plugin's manifest or key ends the check is degraded; 14 days where null, zero for when it has.
    /// </param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is below zero.</exception>
    /// <remarks>An application that stops is not ready: the check fails as soon as it begins to.</remarks>
    public static IHealthChecksBuilder AddPlugins(
        this IHealthChecksBuilder builder,
        string name = "plugins",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? trustWarning = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var warning = trustWarning ?? TimeSpan.FromDays(TrustWarningDays);
        ArgumentOutOfRangeException.ThrowIfLessThan(warning, TimeSpan.Zero, nameof(trustWarning));
        return builder.Add(new HealthCheckRegistration(
            name,
            services => new PluginHealthCheck(
                services.GetRequiredService<PluginCatalog>(),
                services.GetRequiredService<IHostApplicationLifetime>(),
                services.GetService<TimeProvider>() ?? TimeProvider.System,
                warning),
            failureStatus,
            tags ?? ["ready"]));
    }
}
