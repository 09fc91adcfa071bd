using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plugins.Manifest.Text;

/// <summary>Foreign text made harmless to terminals, logs and readers, and cut to a length.</summary>
/// <remarks>
/// <para>Spelled out as <c>\n</c>, <c>\x1b</c> or <c>\u{202e}</c> are controls (C0, DEL, C1; so no ANSI and OSC
/// sequence survives), line and paragraph separators, the marks that reorder text, characters that show nothing, lone
/// surrogates, and bytes that are not UTF-8. Joiners and variation selectors stay where they shape words and
/// emoji.</para>
/// <para>A cut is never inside a character as people count them (UAX #29), and says how long the text was. Linear in
/// what is kept, and safe for use from several threads.</para>
/// </remarks>
public static partial class VisibleText
{
    /// <summary>Maximum length of a function, permission, import or field name in a message.</summary>
    public const int MaximumNameLength = 256;

    // A character of more UTF-16 units is a pile of marks that no script needs; it is cut like text.
    private const int MaximumElementLength = 64;

    // Nothing below Arabic and Hebrew needs joiners; between two letters of Latin they only hide.
    private const int FirstJoined = 0x0590;

    private static readonly SearchValues<char> _plain = SearchValues.Create(
        [.. Enumerable.Range(0, FirstJoined).Where(code => !IsHarmful(new Rune(code))).Select(code => (char)code)]);

    /// <summary>Makes text harmless and cuts it.</summary>
    /// <param name="text">Any text; lone surrogates may be in it.</param>
    /// <param name="maximumLength">
    /// UTF-16 units of the result, to which a note of at most 40 is added where it is cut.
    /// </param>
    /// <param name="keepLines">True to keep line feeds and tabs; otherwise the result is one line.</param>
    /// <returns>The same object where there is nothing to change.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static string Escape(string text, int maximumLength = int.MaxValue, bool keepLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumLength);
        if (text.Length <= maximumLength && !text.AsSpan().ContainsAnyExcept(_plain))
        {
            return text;
        }

        var visible = new StringBuilder(Math.Min(text.Length, maximumLength) + 16);
        var previous = default(Rune);
        for (var index = 0; index < text.Length;)
        {
            var kept = visible.Length;
            var element = ElementLength(text.AsSpan(index));
            previous = Append(visible, text, index, element, previous, keepLines);
            if (visible.Length > maximumLength)
            {
                visible.Length = kept;
                return visible.Append(CultureInfo.InvariantCulture, $"… ({text.Length:N0} characters)").ToString();
            }

            index += element;
        }

        return visible.ToString();
    }

    /// <summary>Makes bytes that should be UTF-8 harmless text and cuts it.</summary>
    /// <param name="utf8">Any bytes; what is not UTF-8 is spelled out as <c>\xff</c>.</param>
    /// <param name="maximumLength">As for <see cref="Escape"/>.</param>
    /// <param name="keepLines">True to keep line feeds and tabs; otherwise the result is one line.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static string Decode(ReadOnlySpan<byte> utf8, int maximumLength = int.MaxValue, bool keepLines = false)
    {
        if (Utf8.IsValid(utf8))
        {
            return Escape(Encoding.UTF8.GetString(utf8), maximumLength, keepLines);
        }

        var text = new StringBuilder(utf8.Length + 16);
        while (!utf8.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(utf8, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var value in utf8[..length])
                {
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
                }
            }

            utf8 = utf8[length..];
        }

        return Escape(text.ToString(), maximumLength, keepLines);
    }

    /// <summary>A name in a message: on one line, at most <see cref="MaximumNameLength"/> and the note.</summary>
    /// <param name="name">Any text.</param>
    /// <returns>The same object where there is nothing to change.</returns>
    public static string Name(string name) => Escape(name, MaximumNameLength);

    /// <summary>True if a character misleads readers, wherever it stands.</summary>
    internal static bool IsHarmful(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.Format => !IsJoiner(rune),
        _ => IsBlank(rune.Value),
    };

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool IsVariationSelector(Rune rune) =>
        rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;

    // Of Default_Ignorable_Code_Point in Unicode 16, what is neither format character nor variation selector.
    private static bool IsBlank(int code) => code is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5
        or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164 or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
        or (>= 0xE0000 and <= 0xE00FF) or (>= 0xE01F0 and <= 0xE0FFF);

    private static int ElementLength(ReadOnlySpan<char> text)
    {
        if (text.Length > MaximumElementLength)
        {
            text = text[..(MaximumElementLength - (char.IsHighSurrogate(text[MaximumElementLength - 1]) ? 1 : 0))];
        }

        return StringInfo.GetNextTextElementLength(text);
    }

    private static Rune Append(
        StringBuilder visible, string text, int index, int length, Rune previous, bool keepLines)
    {
        for (var end = index + length; index < end;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var units) != OperationStatus.Done)
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)text[index]:x}}}");
            }
            else if (IsShown(rune, previous, text.AsSpan(index + units))
                || (keepLines && rune.Value is '\n' or '\t'))
            {
                visible.Append(text, index, units);
            }
            else
            {
                AppendEscape(visible, rune.Value);
            }

            previous = rune;
            index += units;
        }

        return previous;
    }

    private static bool IsShown(Rune rune, Rune previous, ReadOnlySpan<char> rest)
    {
        if (IsVariationSelector(rune))
        {
            return IsMark(previous) && !IsVariationSelector(previous);
        }

        return IsJoiner(rune)
            ? previous.Value >= FirstJoined && IsMark(previous)
                && Rune.DecodeFromUtf16(rest, out var next, out _) == OperationStatus.Done
                && next.Value >= FirstJoined && IsMark(next) && !IsVariationSelector(next)
            : !IsHarmful(rune);
    }

    /// <summary>True if a character leaves something on the screen that another can change.</summary>
    private static bool IsMark(Rune rune) => !IsJoiner(rune) && !IsHarmful(rune) && !Rune.IsWhiteSpace(rune);

    private static void AppendEscape(StringBuilder visible, int code) => _ = code switch
    {
        '\n' => visible.Append("\\n"),
        '\r' => visible.Append("\\r"),
        '\t' => visible.Append("\\t"),
        < 0x100 => visible.Append(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
        _ => visible.Append(CultureInfo.InvariantCulture, $"\\u{{{code:x}}}"),
    };
}
