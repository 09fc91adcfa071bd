using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plugins.Host.Budgets;
using Plugins.Host.Calls.Admission;
using Plugins.Host.Calls.Threads;
using Plugins.Host.Capabilities.Http;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Host.Payloads;
using Plugins.Host.Telemetry;

namespace Plugins.Host.Calls;

/// <summary>The services a host shares with its plugins: engine, clock, randomness, variables, logs.</summary>
internal sealed class HostEnvironment
{
    internal required IPluginEngine Engine { get; init; }

    internal required bool MetersFuel { get; init; }

    /// <summary>Whether backtraces tell lines of the source.</summary>
    internal required bool ShowsSources { get; init; }

    /// <summary>The clock that timers go by.</summary>
    internal required TimeProvider Time { get; init; }

    /// <summary>The clock that guests read; time limits are kept by <see cref="Clock"/>.</summary>
    internal required TimeProvider GuestTime { get; init; }

    internal required HostClock Clock { get; init; }

    internal required RandomNumberGenerator Random { get; init; }

    internal required IVariableStore Variables { get; init; }

    internal required HttpSender Http { get; init; }

    internal required IReadOnlyList<IPayloadFormat> Payloads { get; init; }

    internal required ILoggerFactory Loggers { get; init; }

    internal required ILogger Logger { get; init; }

    internal required IServiceScopeFactory? Scopes { get; init; }

    internal required HostTelemetry Telemetry { get; init; }

    internal required Watchdog Watchdog { get; init; }

    internal required GuestThreads Threads { get; init; }

    /// <summary>Null where there are no memory budgets.</summary>
    internal required HostMemory? Memory { get; init; }

    /// <summary>Null where calls have no quotas.</summary>
    internal required CallQuotas? Quotas { get; init; }

    /// <summary>How many operations calls have left running, by the plugin's id.</summary>
    internal ConcurrentDictionary<string, int> Abandoned { get; } = new(StringComparer.Ordinal);

    internal required int MaximumAbandonedOperations { get; init; }

    internal required int MaximumInstances { get; init; }

    internal required int MaximumNesting { get; init; }

    internal required TimeSpan? MaximumInstanceWait { get; init; }

    internal long ToTimestamps(TimeSpan time) => Clock.ToTimestamps(time);
}
