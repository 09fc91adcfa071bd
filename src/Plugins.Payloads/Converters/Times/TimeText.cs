using System.Buffers.Text;

namespace Plugins.Payloads.Converters.Times;

/// <summary>The invariant text of time spans, [-][d.]hh:mm:ss[.fffffff], which System.Text.Json uses too.</summary>
internal static class TimeText
{
    public const int Longest = 26;
    private const int Shortest = 8;

    public static int Write(Span<byte> text, TimeSpan value)
    {
        Utf8Formatter.TryFormat(value, text, out int length, 'c');
        return length;
    }

    public static bool TryRead(ReadOnlySpan<byte> text, out TimeSpan value)
    {
        value = default;
        return text.Length is >= Shortest and <= Longest
            && (char.IsAsciiDigit((char)text[0]) || text[0] == '-')
            && Utf8Parser.TryParse(text, out value, out int length, 'c')
            && length == text.Length;
    }
}
