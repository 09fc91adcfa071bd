namespace Plugins.Host.Telemetry;

/// <summary>Names of what the host tells OpenTelemetry and other listeners; docs/operations.md has each.</summary>
/// <remarks>
/// Names are stable. Attributes hold names from manifests, of the application's own or of this package: nothing that a
/// guest or a caller can choose at a call.
/// </remarks>
public static class PluginTelemetry
{
    /// <summary>The activity source: a span for each call, load and request of a guest.</summary>
    public const string ActivitySourceName = "Plugins.Host";

    /// <summary>The meter of the instruments below.</summary>
    public const string MeterName = "Plugins.Host";

    /// <summary>Histogram in seconds: calls, waiting for an instance included.</summary>
    public const string CallDuration = "plugin.call.duration";

    /// <summary>Up-down counter: calls that wait or run.</summary>
    public const string ActiveCalls = "plugin.call.active";

    /// <summary>Histogram: fuel of successful calls.</summary>
    public const string CallFuel = "plugin.call.fuel";

    /// <summary>Histogram in bytes: an instance's memory at the end of a successful call.</summary>
    public const string CallMemory = "plugin.call.memory";

    /// <summary>Histogram in seconds: functions of the host that guests call.</summary>
    public const string HostCallDuration = "plugin.host_call.duration";

    /// <summary>Histogram in seconds: requests that guests send by <c>http.send</c>.</summary>
    public const string HttpRequestDuration = "plugin.http.request.duration";

    /// <summary>Counter: calls of host functions that the plugin has no permission for.</summary>
    public const string PermissionDenials = "plugin.permission.denials";

    /// <summary>Histogram in seconds: loads, from verification to the first instance.</summary>
    public const string LoadDuration = "plugin.load.duration";

    /// <summary>Up-down counter: pooled instances, idle and used.</summary>
    public const string Instances = "plugin.instance.count";

    /// <summary>Up-down counter in bytes: linear memory of all instances, where there are memory budgets.</summary>
    public const string MemoryUsed = "plugin.memory.used";

    /// <summary>Up-down counter: calls that wait for an instance.</summary>
    public const string QueueLength = "plugin.queue.length";

    /// <summary>Up-down counter: code of the application that runs on after its call was stopped.</summary>
    public const string AbandonedOperations = "plugin.abandoned_operations";

    /// <summary>Counter: versions that a catalog has taken or refused.</summary>
    public const string Reloads = "plugin.reloads";

    /// <summary>Up-down counter: circuits of a catalog's versions by state, where there are breakers.</summary>
    public const string Circuits = "plugin.circuits";

    /// <summary>Up-down counter: plugins of a catalog by state.</summary>
    public const string CatalogPlugins = "plugin.catalog.plugins";
}
