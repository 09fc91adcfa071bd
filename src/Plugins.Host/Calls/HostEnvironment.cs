using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plugins.Host.Capabilities.Variables;
using Plugins.Host.Engines;
using Plugins.Payloads;

namespace Plugins.Host.Calls;

/// <summary>What a host gives all its plugins: engine, clock, randomness, variables, logs, services.</summary>
internal sealed class HostEnvironment
{
    internal required IPluginEngine Engine { get; init; }

    internal required bool MetersFuel { get; init; }

    internal required TimeProvider Time
    {
        get;
        init
        {
            field = value;
            TicksPerTimestamp = (double)TimeSpan.TicksPerSecond / value.TimestampFrequency;
        }
    }

    /// <summary>The unit of the clock's timestamps in that of <see cref="TimeSpan"/>.</summary>
    internal double TicksPerTimestamp { get; private set; }

    internal required CompilationClock Compilation { get; init; }

    internal required RandomNumberGenerator Random { get; init; }

    internal required IVariableStore Variables { get; init; }

    internal required PayloadSerializer Payloads { get; init; }

    internal required ILoggerFactory Loggers { get; init; }

    internal required ILogger Logger { get; init; }

    internal required IServiceScopeFactory? Scopes { get; init; }

    internal required Watchdog Watchdog { get; init; }

    internal required int MaximumInstances { get; init; }

    internal long ToTimestamps(TimeSpan time) => (long)(Math.Max(time.Ticks, 0) / TicksPerTimestamp);
}
