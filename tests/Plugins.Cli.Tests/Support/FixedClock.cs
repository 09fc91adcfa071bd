namespace Plugins.Cli.Tests.Support;

/// <summary>A clock on the wall that a test sets; stopwatches and timers run as ever.</summary>
internal sealed class FixedClock : TimeProvider
{
    internal DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
