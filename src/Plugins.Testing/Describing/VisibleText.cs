using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plugins.Testing.Describing;

/// <summary>
/// Makes foreign text harmless to a terminal: what could control it or mislead its reader is spelled out.
/// </summary>
/// <remarks>
/// Escaped are controls (C0, DEL, C1; so no ANSI and OSC sequence survives), line separators, the marks that reorder
/// text, other invisible format characters, lone surrogates, and bytes that are not UTF-8.
/// </remarks>
internal static class VisibleText
{
    /// <summary>Text on one line; with <paramref name="keepLines"/>, line feeds and tabs stay.</summary>
    internal static string Escape(string text, bool keepLines = false)
    {
        if (!text.Any(IsSuspicious))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        ReadOnlySpan<char> rest = text;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done)
            {
                Append(visible, rune, keepLines);
            }
            else
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)rest[0]:x}}}");
            }

            rest = rest[length..];
        }

        return visible.ToString();
    }

    /// <summary>Bytes that should be UTF-8.</summary>
    internal static string Decode(ReadOnlySpan<byte> utf8, bool keepLines = false)
    {
        var visible = new StringBuilder(utf8.Length + 16);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) == OperationStatus.Done)
            {
                Append(visible, rune, keepLines);
            }
            else
            {
                foreach (var value in utf8[..length])
                {
                    visible.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            utf8 = utf8[length..];
        }

        return visible.ToString();
    }

    /// <summary>At most so many characters, and how many more there were.</summary>
    internal static string Shorten(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..end]}… ({text.Length:N0} characters)");
    }

    private static void Append(StringBuilder visible, Rune rune, bool keepLines)
    {
        if (!IsHarmful(rune) || (keepLines && rune.Value is ('\n' or '\t')))
        {
            visible.Append(rune.ToString());
            return;
        }

        _ = rune.Value switch
        {
            '\n' => visible.Append("\\n"),
            '\r' => visible.Append("\\r"),
            '\t' => visible.Append("\\t"),
            < 0x100 => visible.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}"),
            _ => visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}"),
        };
    }

    // The joiners (U+200C, U+200D) shape words and emoji, and move nothing.
    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D),
        _ => false,
    };

    private static bool IsSuspicious(char character) => character is < ' ' or (>= '\x7F' and < '\xA1') or '\xAD'
        || character >= '\u0600';
}
