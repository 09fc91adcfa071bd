namespace Plugins.Host.Wasmtime.Tests.Caching.Support;

/// <summary>A clock that moves only when a test says so.</summary>
internal sealed class CacheClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    internal void Advance(TimeSpan time) => _now += time;
}
