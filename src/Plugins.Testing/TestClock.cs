namespace Plugins.Testing;

/// <summary>A clock that moves only when a test moves it.</summary>
/// <remarks>
/// Safe for use by many threads; nothing to dispose. A host function that moves it past the time limit of the running
/// call ends that call with the time limit.
/// </remarks>
public sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset DefaultStart = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly DateTimeOffset _start;
    private long _advanced;

    /// <summary>Makes a clock that stands still until it is moved.</summary>
    /// <param name="start">The time that it shows; null means 2026-01-02 03:04:05 UTC.</param>
    public TestClock(DateTimeOffset? start = null) => _start = start ?? DefaultStart;

    /// <summary>True to run time limits on the system's clock while the date stands still.</summary>
    /// <value>False: a guest that loops is stopped by its fuel only.</value>
    public bool LimitsRunOnSystemTime { get; init; }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    // An hour, so that a deadline before the start of the clock is a positive number still.
    /// <inheritdoc/>
    public override long GetTimestamp() => TimeSpan.TicksPerHour + Volatile.Read(ref _advanced)
        + (LimitsRunOnSystemTime ? System.GetElapsedTime(0).Ticks : 0);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Volatile.Read(ref _advanced));

    /// <summary>Moves the clock forward.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        Interlocked.Add(ref _advanced, time.Ticks);
    }
}
