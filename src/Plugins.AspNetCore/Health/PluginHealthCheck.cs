using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;

namespace Plugins.AspNetCore.Health;

/// <summary>Unhealthy without a required plugin, degraded where something was refused or keeps failing.</summary>
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
        PluginState.Active => plugin.LastFailure is null && !IsFailing(plugin.Version) && !IsFailing(plugin.Canary)
            ? HealthStatus.Healthy
            : HealthStatus.Degraded,
        PluginState.NotLoaded => HealthStatus.Healthy,
        _ => plugin.IsRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded,
    };

    // Without reasons: health is often shown to everybody.
    private static string Describe(PluginStatus plugin)
    {
        var version = plugin.Version is { } loaded ? $" {loaded.Id} {loaded.Version}" : "";
        return plugin.State + version + CircuitOf("its circuit", plugin.Version)
            + CircuitOf("its canary's circuit", plugin.Canary)
            + (plugin.Version is { IsFallback: true } ? ", in place of a version that kept failing" : "")
            + (plugin.LastFailure is null ? "" : ", the last load was refused");
    }

    private static bool IsFailing(PluginVersionStatus? version) =>
        version is { IsFallback: true } or { Circuit: PluginCircuitState.Open or PluginCircuitState.HalfOpen };

    private static string CircuitOf(string subject, PluginVersionStatus? version) => version?.Circuit switch
    {
        PluginCircuitState.Open => $", {subject} is open",
        PluginCircuitState.HalfOpen => $", {subject} is half open",
        _ => "",
    };
}
