using System.Diagnostics.CodeAnalysis;

namespace Plugins.Manifest.Signing;

/// <summary>Base64 with one spelling per alphabet: RFC 4648, sections 4 and 5, padded, no white space.</summary>
internal static class StrictBase64
{
    /// <summary>Decodes; refuses mixed alphabets, missing padding, white space and non-zero trailing bits.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0 || (text.AsSpan().ContainsAny('+', '/') && text.AsSpan().ContainsAny('-', '_')))
        {
            return false;
        }

        var padding = text.EndsWith("==", StringComparison.Ordinal) ? 2 : text.EndsWith('=') ? 1 : 0;
        var digits = text.AsSpan(0, text.Length - padding);
        var decoded = new byte[(text.Length / 4 * 3) - padding];
        if (!TryDecode(digits, decoded))
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<char> digits, Span<byte> decoded)
    {
        var bits = 0;
        var count = 0;
        var written = 0;
        foreach (var digit in digits)
        {
            var value = ValueOf(digit);
            if (value < 0)
            {
                return false;
            }

            bits = ((bits << 6) | value) & 0xFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                decoded[written++] = (byte)(bits >> count);
            }
        }

        // RFC 4648 3.5: bits that pad the last digit are zero, or one content would have several spellings.
        return (bits & ((1 << count) - 1)) == 0;
    }

    private static int ValueOf(char digit) => digit switch
    {
        >= 'A' and <= 'Z' => digit - 'A',
        >= 'a' and <= 'z' => digit - 'a' + 26,
        >= '0' and <= '9' => digit - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };
}
