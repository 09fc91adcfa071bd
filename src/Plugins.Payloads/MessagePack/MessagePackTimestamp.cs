namespace Plugins.Payloads.MessagePack;

/// <summary>An instant in nanoseconds, as the timestamp extension has it.</summary>
/// <remarks>Immutable, safe for use by many threads. MessagePack specification, "Timestamp extension type".</remarks>
public readonly record struct MessagePackTimestamp
{
    /// <summary>The number of timestamps among the extension types.</summary>
    public const sbyte ExtensionType = -1;

    internal const uint NanosecondsPerSecond = 1_000_000_000;
    private const long UnixEpochSeconds = 62_135_596_800;
    private const long LastSecond = 253_402_300_799;

    /// <summary>Makes an instant.</summary>
    /// <param name="seconds">Whole seconds since 1970-01-01 UTC, rounded down.</param>
    /// <param name="nanoseconds">What is left, less than a second.</param>
    /// <exception cref="ArgumentOutOfRangeException">The nanoseconds make a second or more.</exception>
    public MessagePackTimestamp(long seconds, uint nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(nanoseconds, NanosecondsPerSecond);
        Seconds = seconds;
        Nanoseconds = nanoseconds;
    }

    /// <summary>Whole seconds since 1970-01-01 UTC, rounded down.</summary>
    public long Seconds { get; }

    /// <summary>What is left of a second, from 0 to 999,999,999.</summary>
    public uint Nanoseconds { get; }

    /// <summary>The instant of ticks that count in UTC.</summary>
    /// <param name="utcTicks">100 nanoseconds each, since the year 1.</param>
    internal static MessagePackTimestamp FromUtcTicks(long utcTicks)
    {
        (long seconds, long ticks) = Math.DivRem(utcTicks, TimeSpan.TicksPerSecond);
        return new(seconds - UnixEpochSeconds, (uint)(ticks * TimeSpan.NanosecondsPerTick));
    }

    /// <summary>Rounds down to ticks, as JSON's reader does with digits past the seventh.</summary>
    internal bool TryGetUtcTicks(out long utcTicks)
    {
        utcTicks = 0;
        if (Seconds is < -UnixEpochSeconds or > LastSecond)
        {
            return false;
        }

        utcTicks = ((Seconds + UnixEpochSeconds) * TimeSpan.TicksPerSecond)
            + (Nanoseconds / TimeSpan.NanosecondsPerTick);
        return true;
    }
}
