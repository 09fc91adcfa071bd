using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Telemetry;

/// <summary>OpenTelemetry's SDK with in-memory exporters, for the host of one rig.</summary>
internal sealed class TelemetryScene : IDisposable
{
    private readonly List<Metric> _metrics = [];
    private readonly List<Activity> _activities = [];
    private readonly OwnMeters _meters = new();
    private readonly MeterProvider _meterProvider;
    private readonly TracerProvider _tracerProvider;

    internal TelemetryScene()
    {
        Rig.Options.MeterFactory = _meters;
        _meterProvider = Sdk.CreateMeterProviderBuilder()
            .AddMeter(_meters.Name)
            .AddInMemoryExporter(_metrics)
            .Build();
        _tracerProvider = Sdk.CreateTracerProviderBuilder()
            .AddSource(PluginTelemetry.ActivitySourceName)
            .AddInMemoryExporter(_activities)
            .Build();
    }

    internal Rig Rig { get; } = new();

    internal IReadOnlyList<Activity> Activities => [.. _activities];

    internal IReadOnlyList<Metric> Collect()
    {
        _metrics.Clear();
        _meterProvider.ForceFlush();
        return [.. _metrics];
    }

    /// <summary>The points of an instrument, each as its attributes in order, and its value or count.</summary>
    internal IReadOnlyList<string> PointsOf(string instrument)
    {
        var points = new List<string>();
        foreach (var metric in Collect().Where(metric => metric.Name == instrument))
        {
            foreach (ref readonly var point in metric.GetMetricPoints())
            {
                points.Add($"{TagsOf(point)} = {ValueOf(metric, point)}".TrimStart());
            }
        }

        points.Sort(StringComparer.Ordinal);
        return points;
    }

    public void Dispose()
    {
        Rig.Dispose();
        _meterProvider.Dispose();
        _tracerProvider.Dispose();
        _meters.Dispose();
    }

    private static string TagsOf(in MetricPoint point)
    {
        var tags = new List<string>();
        foreach (var (key, value) in point.Tags)
        {
            tags.Add($"{key}={value}");
        }

        return string.Join(' ', tags.Order(StringComparer.Ordinal));
    }

    private static long ValueOf(Metric metric, in MetricPoint point) => metric.MetricType switch
    {
        MetricType.Histogram => point.GetHistogramCount(),
        _ => point.GetSumLong(),
    };

    /// <summary>Meters under a name that no other test's host has.</summary>
    private sealed class OwnMeters : IMeterFactory
    {
        private readonly Meter _meter = new(PluginTelemetry.MeterName + "." + Guid.NewGuid());

        internal string Name => _meter.Name;

        public Meter Create(MeterOptions options)
        {
            Assert.That(options.Name, Is.EqualTo(PluginTelemetry.MeterName));
            return _meter;
        }

        public void Dispose() => _meter.Dispose();
    }
}
