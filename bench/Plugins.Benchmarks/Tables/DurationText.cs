using System.Globalization;

namespace Plugins.Benchmarks.Tables;

/// <summary>Durations for people, with three digits and a unit that fits.</summary>
internal static class DurationText
{
    public static string Of(double nanoseconds) => nanoseconds switch
    {
        < 1_000 => Text(nanoseconds, "ns"),
        < 1_000_000 => Text(nanoseconds / 1_000, "µs"),
        _ => Text(nanoseconds / 1_000_000, "ms"),
    };

    private static string Text(double value, string unit)
    {
        string format = value switch { < 10 => "0.##", < 100 => "0.#", _ => "0" };
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {unit}";
    }
}
