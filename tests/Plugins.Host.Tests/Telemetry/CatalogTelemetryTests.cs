using System.Diagnostics.Metrics;
using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Telemetry;

internal sealed class CatalogTelemetryTests
{
    [Test]
    public async Task Circuit_OfAVersion_IsToldByItsState()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        using var telemetry = new TelemetryScene();
        scene.Rig.Options.MeterFactory = telemetry.Rig.Options.MeterFactory;
        await scene.StartAsync(entry => entry with { CircuitBreaker = new PluginCircuitBreaker() });
        Assert.That(
            telemetry.PointsOf(PluginTelemetry.Circuits),
            Is.EqualTo(["plugin.circuit.state=closed plugin.name=pricing plugin.version=1.0.0 = 1"]));
    }

    [Test]
    public async Task Reload_GoodOrBad_IsCounted()
    {
        using var scene = new CatalogScene().Write("1.0.0");
        using var telemetry = new TelemetryScene();
        scene.Rig.Options.MeterFactory = telemetry.Rig.Options.MeterFactory;
        var plugin = await scene.StartAsync();
        scene.WriteModule([6, 6, 6]);
        await plugin.ReloadAsync();
        Assert.That(
            telemetry.PointsOf(PluginTelemetry.Reloads),
            Is.EqualTo(["error.type=signature plugin.name=pricing = 1", "plugin.name=pricing = 1"]));
        Assert.That(
            telemetry.PointsOf(PluginTelemetry.CatalogPlugins),
            Is.EqualTo(["plugin.name=pricing plugin.state=active = 1"]));
    }
}
