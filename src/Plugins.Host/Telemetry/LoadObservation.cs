using System.Diagnostics;
using Plugins.Host.Calls;

namespace Plugins.Host.Telemetry;

/// <summary>What is told of one load, from its begin to its end.</summary>
internal readonly struct LoadObservation
{
    private readonly HostEnvironment _environment;
    private readonly Activity? _activity;
    private readonly long _started;

    private LoadObservation(HostEnvironment environment)
    {
        _environment = environment;
        _started = environment.Clock.Now;
        _activity = HostTelemetry.Source.StartActivity("plugin.load");
    }

    internal static LoadObservation Begin(HostEnvironment environment) => new(environment);

    internal void Succeed(PluginDefinition plugin)
    {
        _activity?.SetTag(HostTelemetry.PluginId, plugin.IdText);
        _activity?.SetTag(HostTelemetry.PluginVersion, plugin.VersionText);
        End(new TagList { { HostTelemetry.PluginId, plugin.IdText } });
    }

    /// <summary>Without the plugin's id: that of a forgery is its author's choice.</summary>
    internal void Fail(Exception exception)
    {
        var error = ErrorType.Of(exception);
        _activity?.SetStatus(ActivityStatusCode.Error);
        _activity?.SetTag(HostTelemetry.Error, error);
        End(new TagList { { HostTelemetry.Error, error } });
    }

    private void End(in TagList tags)
    {
        var duration = _environment.Clock.Between(_started, _environment.Clock.Now);
        _environment.Telemetry.LoadDuration.Record(duration.TotalSeconds, tags);
        _activity?.Dispose();
    }
}
