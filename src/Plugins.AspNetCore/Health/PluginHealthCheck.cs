using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Plugins.Host.Catalog;
using Plugins.Host.Catalog.Circuits;
using Plugins.Manifest.Trust;

namespace Plugins.AspNetCore.Health;

/// <summary>
/// Unhealthy without a required plugin, degraded where something was refused, fails, or is soon trusted no more.
/// </summary>
/// <param name="catalog">The plugins.</param>
/// <param name="lifetime">Tells when the application stops.</param>
/// <param name="time">The clock.</param>
/// <param name="trustWarning">How long before the end of trust that is told.</param>
internal sealed class PluginHealthCheck(
    PluginCatalog catalog, IHostApplicationLifetime lifetime, TimeProvider time, TimeSpan trustWarning) : IHealthCheck
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

    private HealthStatus HealthOf(PluginStatus plugin) => plugin.State switch
    {
        PluginState.Active => plugin.LastFailure is not null || IsFailing(plugin.Version) || IsFailing(plugin.Canary)
            || ExpiryOf(plugin.Version) is not null || ExpiryOf(plugin.Canary) is not null
            ? HealthStatus.Degraded
            : HealthStatus.Healthy,
        PluginState.NotLoaded => HealthStatus.Healthy,
        _ => plugin.IsRequired ? HealthStatus.Unhealthy : HealthStatus.Degraded,
    };

    // Without reasons: health is often shown to everybody.
    private string Describe(PluginStatus plugin)
    {
        var version = plugin.Version is { } loaded ? $" {loaded.Id} {loaded.Version}" : "";
        return plugin.State + version + CircuitOf("its circuit", plugin.Version)
            + CircuitOf("its canary's circuit", plugin.Canary)
            + (plugin.Version is { IsFallback: true } ? ", in place of a version that kept failing" : "")
            + Describe("it", plugin.Version) + Describe("its canary", plugin.Canary)
            + (plugin.LastFailure is null ? "" : ", the last load was refused");
    }

    private string Describe(string subject, PluginVersionStatus? version) => ExpiryOf(version) is { } expiry
        ? $", {subject} is trusted until {expiry}"
        : "";

    /// <summary>The end of trust, where it is near or over.</summary>
    private TrustExpiry? ExpiryOf(PluginVersionStatus? version) =>
        version?.TrustExpiry is { } expiry && expiry.At - time.GetUtcNow() <= trustWarning ? expiry : null;

    private static bool IsFailing(PluginVersionStatus? version) =>
        version is { IsFallback: true } or { Circuit: PluginCircuitState.Open or PluginCircuitState.HalfOpen };

    private static string CircuitOf(string subject, PluginVersionStatus? version) => version?.Circuit switch
    {
        PluginCircuitState.Open => $", {subject} is open",
        PluginCircuitState.HalfOpen => $", {subject} is half open",
        _ => "",
    };
}
