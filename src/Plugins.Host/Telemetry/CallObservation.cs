using System.Diagnostics;
using System.Runtime.CompilerServices;
using Plugins.Host.Calls;

namespace Plugins.Host.Telemetry;

/// <summary>What is told of one call, from its begin to its end.</summary>
internal sealed class CallObservation
{
    private readonly PluginDefinition _definition;
    private readonly string _function;
    private readonly Activity? _activity;
    private readonly long _started;
    private readonly bool _isCounted;

    private CallObservation(PluginDefinition definition, string function)
    {
        var telemetry = definition.Environment.Telemetry;
        _definition = definition;

        // Other names are the caller's, who may have them from anywhere.
        _function = definition.Functions.ContainsKey(function) ? function : ErrorType.Other;
        _started = definition.Environment.Clock.Now;
        _isCounted = telemetry.ActiveCalls.Enabled;
        if (_isCounted)
        {
            telemetry.ActiveCalls.Add(1, Id);
        }

        _activity = HostTelemetry.Source.StartActivity($"plugin.call {_function}");
        if (_activity is { IsAllDataRequested: true })
        {
            _activity.SetTag(HostTelemetry.PluginId, definition.IdText);
            _activity.SetTag(HostTelemetry.PluginVersion, definition.VersionText);
            _activity.SetTag(HostTelemetry.PluginFunction, _function);
        }
    }

    private KeyValuePair<string, object?> Id => new(HostTelemetry.PluginId, _definition.IdText);

    /// <summary>Null where nobody listens.</summary>
    internal static CallObservation? Begin(PluginDefinition definition, string function) =>
        IsWanted(definition.Environment.Telemetry) ? new CallObservation(definition, function) : null;

    /// <summary>True if anybody listens to what calls tell.</summary>
    private static bool IsWanted(HostTelemetry telemetry) => telemetry.CallDuration.Enabled
        || telemetry.ActiveCalls.Enabled || telemetry.CallFuel.Enabled || HostTelemetry.Source.HasListeners();

    // Not inlined: the frame of every call would have room for the tags, and clear it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Succeed(in PluginResult result)
    {
        if (_definition.MetersFuel)
        {
            var tags = Tags();
            _definition.Environment.Telemetry.CallFuel.Record(result.FuelConsumed, tags);
        }

        End(null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Fail(Exception exception)
    {
        var error = ErrorType.Of(exception);
        _activity?.SetStatus(ActivityStatusCode.Error);
        _activity?.SetTag(HostTelemetry.Error, error);
        End(error);
    }

    private void End(string? error)
    {
        var environment = _definition.Environment;
        var tags = Tags();
        if (error is not null)
        {
            tags.Add(HostTelemetry.Error, error);
        }

        // Before the span ends, so that what is recorded refers to it.
        var duration = environment.Clock.Between(_started, environment.Clock.Now);
        environment.Telemetry.CallDuration.Record(duration.TotalSeconds, tags);
        if (_isCounted)
        {
            environment.Telemetry.ActiveCalls.Add(-1, Id);
        }

        _activity?.Dispose();
    }

    private TagList Tags() => new()
    {
        { HostTelemetry.PluginId, _definition.IdText },
        { HostTelemetry.PluginVersion, _definition.VersionText },
        { HostTelemetry.PluginFunction, _function },
    };
}
