using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace Plugins.AspNetCore.Tests;

/// <summary>The service of examples/AspNetPricing, in this process.</summary>
internal sealed class PricingExample(string? operatorKey) : WebApplicationFactory<Program>
{
    /// <summary>What it measures, once its <see cref="MeterProvider"/> was flushed.</summary>
    internal List<Metric> Metrics { get; } = [];

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
        .UseSetting("OperatorKey", operatorKey)
        // On a busy machine the example's own second may not be enough.
        .UseSetting("Plugins:DefaultLimits:WallTime", "00:05:00")
        .UseSetting("Plugins:MaximumLimits:WallTime", "00:05:00")
        .ConfigureLogging(logging => logging.ClearProviders())
        .ConfigureServices(services => services.ConfigureOpenTelemetryMeterProvider(
            metrics => metrics.AddInMemoryExporter(Metrics)));
}
