using System.Globalization;

namespace Plugins.Cli.Hosting;

/// <summary>Numbers as people write them: <c>10M</c>, <c>64KiB</c>, <c>500ms</c>, <c>1_000_000</c>.</summary>
internal static class Quantity
{
    private static readonly (string Unit, long Factor)[] Counts =
        [("", 1), ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000)];

    private static readonly (string Unit, long Factor)[] Sizes =
    [
        ("", 1), ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
        ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
    ];

    // Ticks of 100 ns.
    private static readonly (string Unit, long Factor)[] Times =
    [
        ("us", TimeSpan.TicksPerMicrosecond), ("µs", TimeSpan.TicksPerMicrosecond),
        ("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("m", TimeSpan.TicksPerMinute),
    ];

    internal static bool TryCount(string text, out long value) => TryRead(text, Counts, out value);

    internal static bool TrySize(string text, out long bytes) => TryRead(text, Sizes, out bytes);

    internal static bool TryTime(string text, out TimeSpan time)
    {
        var isRead = TryRead(text, Times, out var ticks);
        time = TimeSpan.FromTicks(ticks);
        return isRead;
    }

    private static bool TryRead(string text, (string Unit, long Factor)[] units, out long value)
    {
        var digits = text.TakeWhile(letter => char.IsAsciiDigit(letter) || letter is '.' or '_').Count();
        var unit = text[digits..].Trim();
        value = 0;
        foreach (var (name, factor) in units)
        {
            if (name == unit && decimal.TryParse(
                    text[..digits].Replace("_", "", StringComparison.Ordinal),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number)
                && number <= long.MaxValue / factor)
            {
                value = (long)(number * factor);
                return true;
            }
        }

        return false;
    }
}
