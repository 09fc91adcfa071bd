using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using OpenTelemetry.Metrics;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Telemetry;

/// <summary>The page and the dashboard name the instruments that there are.</summary>
internal sealed partial class TelemetryPageTests
{
    private static readonly string[] Instruments =
    [
        .. typeof(PluginTelemetry).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => name.StartsWith("plugin.", StringComparison.Ordinal)),
    ];

    [Test]
    public void Table_OfThePage_HasEachInstrument()
    {
        var rows = File.ReadLines(GuestFiles.PathOf("docs/operations.md")).Select(line => Row().Match(line))
            .Where(match => match.Success).Select(match => match.Groups["name"].Value);
        Assert.That(rows, Is.EquivalentTo(Instruments));
    }

    [Test]
    public void Table_OfThePage_HasTheUnitsOfTheInstruments()
    {
        using var scene = new TelemetryScene();
        scene.Rig.Guest("run", _ => 0).Load().Call("run", []);
        var rows = File.ReadLines(GuestFiles.PathOf("docs/operations.md")).Select(line => Row().Match(line))
            .ToLookup(match => match.Groups["name"].Value, match => match.Groups["unit"].Value, StringComparer.Ordinal);
        var metrics = scene.Collect();
        Assert.That(metrics, Has.Count.GreaterThan(5));
        Assert.That(metrics, Has.All.Matches<Metric>(metric => rows[metric!.Name].Single() == metric.Unit));
    }

    [Test]
    public void Dashboard_OfThePage_ShowsEachInstrumentAndNoOther()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllBytes(GuestFiles.PathOf("docs/grafana-dashboard.json")));
        var shown = dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Series().Matches(Attributes().Replace(target.GetProperty("expr").GetString()!, "")))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);
        Assert.That(shown, Is.EquivalentTo(Instruments.Select(SeriesOf)));
    }

    // As OpenTelemetry's exporter for Prometheus writes a name, without what a histogram's series end in.
    private static string SeriesOf(string instrument)
    {
        var name = instrument.Replace('.', '_');
        return instrument switch
        {
            _ when name.EndsWith("_duration", StringComparison.Ordinal) => name + "_seconds",
            PluginTelemetry.CallMemory or PluginTelemetry.MemoryUsed => name + "_bytes",
            PluginTelemetry.PermissionDenials or PluginTelemetry.Reloads => name + "_total",
            _ => name,
        };
    }

    [GeneratedRegex(
        @"^\| `(?<name>plugin\.[a-z_.]+)` \| [a-z -]+, (?<unit>\S+) \|", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"by \([a-z_, ]+\)|\{[^}]*\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Attributes();

    // Without what the series of histograms end in.
    [GeneratedRegex(
        @"\b(?<name>plugin_[a-z_]+?)(_bucket|(?<=_seconds)_count)?(?![a-z_])", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Series();
}
