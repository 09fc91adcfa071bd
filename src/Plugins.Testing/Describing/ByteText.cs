using System.Globalization;
using Plugins.Manifest.Text;

namespace Plugins.Testing.Describing;

/// <summary>Bytes in words, short enough for a line, harmless whatever they are.</summary>
internal static class ByteText
{
    private const int ShownBytes = 160;
    private const int ShownAround = 16;

    /// <summary>As text in quotes, with the length where not all is shown.</summary>
    internal static string Describe(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? "nothing"
        : $"\"{VisibleText.Decode(VisibleText.Cut(bytes, ShownBytes))}\""
        + (bytes.Length > ShownBytes ? $"… ({Count(bytes.Length)})" : "");

    internal static string Count(long bytes) => bytes switch
    {
        1 => "1 byte",
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes"),
    };

    /// <summary>Where two sequences part, and what is there in hexadecimal.</summary>
    internal static IEnumerable<string> Difference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        var at = expected.CommonPrefixLength(actual);
        var start = Math.Max(0, at - (ShownAround / 2));
        return
        [
            string.Create(CultureInfo.InvariantCulture,
                $"at byte {at:N0} of {Count(expected.Length)} expected, {Count(actual.Length)} given:"),
            $"  expected  {Hex(expected, start)}",
            $"  but was   {Hex(actual, start)}",
        ];
    }

    private static string Hex(ReadOnlySpan<byte> bytes, int start)
    {
        if (start >= bytes.Length)
        {
            return "(the end)";
        }

        var shown = bytes.Slice(start, Math.Min(ShownAround, bytes.Length - start));
        var hex = string.Join(' ', shown.ToArray().Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
        return $"{(start > 0 ? "… " : "")}{hex}{(start + shown.Length < bytes.Length ? " …" : "")}"
            + $"  \"{VisibleText.Decode(shown)}\"";
    }
}
