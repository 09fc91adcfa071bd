using System.Diagnostics;
using System.Diagnostics.Metrics;
using Plugins.Host.Calls;
using Plugins.Host.Capabilities;
using Plugins.Host.Capabilities.Http.Tracing;
using Plugins.Host.Engines;

namespace Plugins.Host.Telemetry;

/// <summary>The instruments of one host. Where nobody listens, each costs a look at a field.</summary>
internal sealed class HostTelemetry : IDisposable
{
    internal const string PluginId = "plugin.id";
    internal const string PluginVersion = "plugin.version";
    internal const string PluginFunction = "plugin.function";
    internal const string PluginName = "plugin.name";
    internal const string HostFunction = "plugin.host_function";
    internal const string InstanceState = "plugin.instance.state";
    internal const string CircuitState = "plugin.circuit.state";
    internal const string PluginState = "plugin.state";
    internal const string Error = "error.type";

    // OpenTelemetry's advice is for requests; most calls take less than a millisecond.
    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries =
        [
            0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
        ],
    };

    private static readonly string? Version = typeof(HostTelemetry).Assembly.GetName().Version?.ToString(3);

    private readonly Meter _meter;
    private readonly bool _ownsMeter;

    /// <param name="factory">Makes the meter; null for one of its own.</param>
    /// <param name="clock">Measures requests of guests.</param>
    internal HostTelemetry(IMeterFactory? factory, HostClock clock)
    {
        _ownsMeter = factory is null;
        _meter = factory?.Create(PluginTelemetry.MeterName, Version) ?? new Meter(PluginTelemetry.MeterName, Version);
        CallDuration = Histogram(PluginTelemetry.CallDuration, "Time of calls, waiting for an instance included.");
        HostCallDuration = Histogram(PluginTelemetry.HostCallDuration, "Time of host functions that guests call.");
        Http = new HttpInstruments(
            Histogram(PluginTelemetry.HttpRequestDuration, "Time of requests that guests send by http.send."),
            Source,
            () => clock.ToTimeSpan(clock.Now));
        LoadDuration = Histogram(PluginTelemetry.LoadDuration, "Time of loads, up to the first instance.");
        ActiveCalls = _meter.CreateUpDownCounter<int>(
            PluginTelemetry.ActiveCalls, "{call}", "Calls that wait or run.");
        CallFuel = _meter.CreateHistogram<long>(PluginTelemetry.CallFuel, "{fuel}", "Fuel of successful calls.");
        CallMemory = _meter.CreateHistogram<long>(
            PluginTelemetry.CallMemory, "By", "Memory of the instance at the end of successful calls.");
        Denials = _meter.CreateCounter<long>(
            PluginTelemetry.PermissionDenials, "{denial}", "Calls of host functions without the permission for it.");
        Reloads = _meter.CreateCounter<long>(
            PluginTelemetry.Reloads, "{reload}", "Versions that a catalog has taken or refused.");
    }

    internal static ActivitySource Source { get; } = new(PluginTelemetry.ActivitySourceName, Version);

    internal Histogram<double> CallDuration { get; }

    internal Histogram<double> HostCallDuration { get; }

    internal HttpInstruments Http { get; }

    internal Histogram<double> LoadDuration { get; }

    internal UpDownCounter<int> ActiveCalls { get; }

    internal Histogram<long> CallFuel { get; }

    internal Histogram<long> CallMemory { get; }

    internal Counter<long> Denials { get; }

    internal Counter<long> Reloads { get; }

    internal void Observe<T>(
        string name, string unit, string description, Func<IEnumerable<Measurement<T>>> observe)
        where T : struct =>
        _meter.CreateObservableUpDownCounter(name, observe, unit, description);

    internal void CountDenial(PluginDefinition plugin, string hostFunction)
    {
        if (Denials.Enabled)
        {
            Denials.Add(1, new(PluginId, plugin.IdText), new(HostFunction, hostFunction));
        }
    }

    internal void RecordHostCall(
        PluginDefinition plugin, string hostFunction, CapabilityStatus status, TimeSpan duration)
    {
        var tags = new TagList { { PluginId, plugin.IdText }, { HostFunction, hostFunction } };
        if (status is not (CapabilityStatus.Success or CapabilityStatus.NotFound))
        {
            tags.Add(Error, ErrorType.NameOf(status));
        }

        HostCallDuration.Record(duration.TotalSeconds, tags);
    }

    internal void RecordMemory(PluginDefinition plugin, IEngineInstance instance)
    {
        if (CallMemory.Enabled)
        {
            CallMemory.Record(instance.MemoryBytes, new KeyValuePair<string, object?>(PluginId, plugin.IdText));
        }
    }

    public void Dispose()
    {
        if (_ownsMeter)
        {
            _meter.Dispose();
        }
    }

    private Histogram<double> Histogram(string name, string description) =>
        _meter.CreateHistogram(name, "s", description, tags: null, Seconds);
}
