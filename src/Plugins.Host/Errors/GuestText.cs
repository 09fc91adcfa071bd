using System.Text;

namespace Plugins.Host.Errors;

/// <summary>Makes text that a guest wrote harmless to terminals and line-based logs.</summary>
internal static class GuestText
{
    internal static string Decode(ReadOnlySpan<byte> utf8) => Clean(Encoding.UTF8.GetString(utf8));

    internal static string Clean(string text)
    {
        foreach (var character in text)
        {
            if (IsHarmful(character))
            {
                return string.Create(text.Length, text, static (span, source) =>
                {
                    for (var index = 0; index < span.Length; index++)
                    {
                        span[index] = Replace(source[index]);
                    }
                });
            }
        }

        return text;
    }

    /// <summary>C0 and C1 controls, line separators, and the marks that reorder text on screen.</summary>
    private static bool IsHarmful(char character) =>
        char.IsControl(character)
        || character is '\u061C' or '\u200E' or '\u200F'
        || character is >= '\u2028' and <= '\u202E'
        || character is >= '\u2066' and <= '\u2069';

    // Unicode has a visible picture of every C0 control at U+2400 plus its number.
    private static char Replace(char character) => character switch
    {
        < ' ' => (char)(0x2400 + character),
        '\x7F' => '\u2421',
        _ => IsHarmful(character) ? '\uFFFD' : character,
    };
}
