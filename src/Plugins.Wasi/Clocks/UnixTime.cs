namespace Plugins.Wasi.Clocks;

/// <summary>Times as nanoseconds since 1970.</summary>
internal static class UnixTime
{
    internal const ulong NanosecondsPerSecond = 1_000_000_000;
    internal const ulong NanosecondsPerTick = 100;

    /// <summary>0 for what was before.</summary>
    internal static ulong Of(DateTimeOffset time) =>
        (ulong)Math.Max(time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks, 0) * NanosecondsPerTick;
}
