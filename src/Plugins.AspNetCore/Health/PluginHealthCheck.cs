using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Plugins.Host.Catalog;

namespace Plugins.AspNetCore.Health;

/// <summary>Unhealthy without a required plugin, degraded where something was refused.</summary>
internal sealed class PluginHealthCheck(PluginCatalog catalog, IHostApplicationLifetime lifetime) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var plugins = catalog.Current.Plugins.Values;
        var data = plugins.ToDictionary(
            plugin => plugin.Name, object (plugin) => Describe(plugin), StringComparer.Ordinal);
        var worst = plugins.Select(HealthOf).DefaultIfEmpty(HealthStatus.Healthy).Min();
        var isStopping = lifetime.ApplicationStopping.IsCancellationRequested;
        return Task.FromResult(new HealthCheckResult(
            isStopping || worst == HealthStatus.Unhealthy ? context.Registration.FailureStatus : worst,
            isStopping ? "The application is stopping." : null,
            data: data));
    }

    private static HealthStatus HealthOf(PluginStatus plugin) => plugin.State switch
    {
        PluginState.Active => plugin.LastFailure is null ? HealthStatus.Healthy : HealthStatus.Degraded,
        PluginState.NotLoaded => HealthStatus.Healthy,
        _ => plugin.IsRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded,
    };

    // Without reasons: health is often shown to everybody.
    private static string Describe(PluginStatus plugin)
    {
        var version = plugin.Version is { } loaded ? $" {loaded.Id} {loaded.Version}" : "";
        return plugin.State + version + (plugin.LastFailure is null ? "" : ", the last load was refused");
    }
}
