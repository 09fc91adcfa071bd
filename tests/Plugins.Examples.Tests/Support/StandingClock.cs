namespace Plugins.Examples.Tests.Support;

/// <summary>The system's timers, and a clock that stands at 2026-01-01.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
