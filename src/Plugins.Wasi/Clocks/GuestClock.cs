namespace Plugins.Wasi.Clocks;

/// <summary>What a guest knows of the time, as nanoseconds.</summary>
internal sealed class GuestClock(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    internal TimeProvider Time => time;

    internal ulong WallTime => UnixTime.Of(time.GetUtcNow());

    /// <summary>Since the guest was given its clock; never 0, which some runtimes take for a failure.</summary>
    internal ulong Monotonic =>
        1 + ((ulong)Math.Max(time.GetElapsedTime(_started).Ticks, 0) * UnixTime.NanosecondsPerTick);

    internal ulong MonotonicResolution =>
        Math.Max(1, UnixTime.NanosecondsPerSecond / (ulong)Math.Max(time.TimestampFrequency, 1));
}
