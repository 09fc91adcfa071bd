namespace Plugins.Host.Calls;

/// <summary>Counts the application's clock from when the host was made; timestamps are positive.</summary>
/// <remarks>
/// Time limits rest on it, and the thread that watches all calls reads it. So where the application's clock throws, the
/// system's tells how much time has passed.
/// </remarks>
internal sealed class HostClock
{
    private readonly TimeProvider _time;
    private readonly double _ticksPerTimestamp;
    private readonly long _origin;
    private readonly long _originOfSystem = TimeProvider.System.GetTimestamp();

    internal HostClock(TimeProvider time)
    {
        _time = time;
        _ticksPerTimestamp = (double)TimeSpan.TicksPerSecond / time.TimestampFrequency;
        _origin = time.GetTimestamp();
    }

    internal long Now
    {
        get
        {
            try
            {
                return Math.Max(_time.GetTimestamp() - _origin, 0) + 1;
            }
            catch
            {
                return ToTimestamps(TimeProvider.System.GetElapsedTime(_originOfSystem)) + 1;
            }
        }
    }

    internal long ToTimestamps(TimeSpan time) => (long)(Math.Max(time.Ticks, 0) / _ticksPerTimestamp);

    /// <summary>The time between two timestamps, zero where the clock went backwards.</summary>
    internal TimeSpan Between(long earlier, long later) => ToTimeSpan(Math.Max(later - earlier, 0));

    /// <summary>The time since a timestamp.</summary>
    internal TimeSpan Since(long earlier) => Between(earlier, Now);

    internal TimeSpan ToTimeSpan(long timestamps) => new((long)(timestamps * _ticksPerTimestamp));
}
