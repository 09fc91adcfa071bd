using Plugins.Wasi.Clocks;

namespace Plugins.Wasi;

/// <summary>A clock that stands, or goes on by a step whenever it is read.</summary>
/// <remarks>
/// Waiting by it takes no time, and puts it on by as much. Safe for use by many threads. Nothing to dispose.
/// </remarks>
public sealed class SteppedTimeProvider : TimeProvider
{
    private readonly long _step;
    private long _ticks;

    /// <summary>Makes a clock.</summary>
    /// <param name="start">The time that it tells at first.</param>
    /// <param name="step">By how much each reading puts it on; null for none: the clock stands.</param>
    public SteppedTimeProvider(DateTimeOffset start, TimeSpan? step = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step ?? TimeSpan.Zero, TimeSpan.Zero, nameof(step));
        _ticks = start.UtcTicks;
        _step = (step ?? TimeSpan.Zero).Ticks;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public override long GetTimestamp() => Interlocked.Add(ref _ticks, _step) - _step;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SteppedTimer(callback, state, time => Interlocked.Add(ref _ticks, time.Ticks));
        timer.Change(dueTime, period);
        return timer;
    }
}
