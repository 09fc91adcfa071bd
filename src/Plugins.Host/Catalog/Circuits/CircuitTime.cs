using Plugins.Host.Calls;

namespace Plugins.Host.Catalog.Circuits;

/// <summary>The host's clock, which never goes back and never throws, as a circuit needs it.</summary>
internal sealed class CircuitTime(HostClock clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + clock.ToTimeSpan(clock.Now);
}
