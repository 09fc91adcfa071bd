using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plugins.Wasm.Diagnostics;

/// <summary>Makes what a module says fit for a message: on one line, visible, and short.</summary>
internal static class ForeignText
{
    /// <summary>UTF-8 bytes of a name that are kept when a module is loaded.</summary>
    public const int NameBytes = 256;

    /// <summary>Characters of a name or a type within a message.</summary>
    private const int PartLength = 256;

    /// <summary>A name in a message.</summary>
    public static string Name(string name) => Show(name, PartLength);

    /// <summary>A type in a message; a function can have a thousand parameters and results.</summary>
    public static string Type(object type) => Cut(type.ToString() ?? string.Empty, PartLength);

    /// <summary>Spells out what is not visible or moves other text, and cuts between two characters.</summary>
    public static string Show(string text, int maximumLength)
    {
        if (text.Length <= maximumLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var shown = new StringBuilder(Math.Min(text.Length, maximumLength) + 1);
        for (int i = 0; i < text.Length;)
        {
            int before = shown.Length;
            OperationStatus status = Rune.DecodeFromUtf16(text.AsSpan(i), out Rune rune, out int units);
            if (status == OperationStatus.Done && !IsHarmful(rune))
            {
                shown.Append(text, i, units);
            }
            else
            {
                int code = status == OperationStatus.Done ? rune.Value : text[i];
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{code:x}}}");
            }

            if (shown.Length > maximumLength)
            {
                shown.Length = before;
                return shown.Append('…').ToString();
            }

            i += units;
        }

        return shown.ToString();
    }

    /// <summary>Cuts between two characters.</summary>
    public static string Cut(string text, int maximumLength)
    {
        if (text.Length <= maximumLength)
        {
            return text;
        }

        int length = char.IsHighSurrogate(text[maximumLength - 1]) ? maximumLength - 1 : maximumLength;
        return string.Concat(text.AsSpan(0, length), "…");
    }

    /// <summary>The length of UTF-8 text that is cut to <see cref="NameBytes"/> between two characters.</summary>
    public static int LengthOfName(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length <= NameBytes)
        {
            return utf8.Length;
        }

        const int ContinuationMask = 0xC0, Continuation = 0x80;
        int length = NameBytes;
        while (length > 0 && (utf8[length] & ContinuationMask) == Continuation)
        {
            length--;
        }

        return length;
    }

    private static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
