using System.Text;
using Plugins.Wasm.Text.Writing;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Strings and their escapes. WebAssembly 3.0, section 6.3.3.</summary>
internal static class StringLiteral
{
    /// <summary>The bytes that an escape takes in the text, from its backslash; 0 where it is none.</summary>
    public static int EscapeLength(ReadOnlySpan<byte> text) => text.Length < 2 ? 0 : text[1] switch
    {
        (byte)'t' or (byte)'n' or (byte)'r' or (byte)'"' or (byte)'\'' or (byte)'\\' => 2,
        (byte)'u' => CharacterEscapeLength(text),
        _ => text.Length > 2 && Characters.HexDigit(text[1]) >= 0 && Characters.HexDigit(text[2]) >= 0 ? 3 : 0,
    };

    /// <summary>Writes the bytes that a string means.</summary>
    /// <param name="literal">The string with its quotation marks, as the lexer has checked it.</param>
    /// <param name="output">Where they go.</param>
    public static void Decode(ReadOnlySpan<byte> literal, ByteWriter output)
    {
        ReadOnlySpan<byte> rest = literal[1..^1];
        while (rest.Length > 0)
        {
            int plain = rest.IndexOf((byte)'\\');
            plain = plain < 0 ? rest.Length : plain;
            output.Bytes(rest[..plain]);
            rest = rest[plain..];
            if (rest.Length > 0)
            {
                int length = EscapeLength(rest);
                DecodeEscape(rest[..length], output);
                rest = rest[length..];
            }
        }
    }

    private static void DecodeEscape(ReadOnlySpan<byte> escape, ByteWriter output)
    {
        switch (escape[1])
        {
            case (byte)'t':
                output.Byte((byte)'\t');
                break;
            case (byte)'n':
                output.Byte((byte)'\n');
                break;
            case (byte)'r':
                output.Byte((byte)'\r');
                break;
            case (byte)'"' or (byte)'\'' or (byte)'\\':
                output.Byte(escape[1]);
                break;
            case (byte)'u':
                Span<byte> utf8 = stackalloc byte[4];
                output.Bytes(utf8[..new Rune(CodePoint(escape[3..^1])).EncodeToUtf8(utf8)]);
                break;
            default:
                output.Byte((byte)(Characters.HexDigit(escape[1]) << 4 | Characters.HexDigit(escape[2])));
                break;
        }
    }

    private static int CharacterEscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[2] != (byte)'{')
        {
            return 0;
        }

        int end = text.IndexOf((byte)'}');
        return end > 0 && Rune.IsValid(CodePoint(text[3..end])) ? end + 1 : 0;
    }

    // -1 where it is no number; one that is too large is cut to one that is still too large.
    private static int CodePoint(ReadOnlySpan<byte> digits)
    {
        const int TooLarge = 0x11_0000;
        int value = 0;
        bool needsDigit = true;
        foreach (byte character in digits)
        {
            int digit = Characters.HexDigit(character);
            if (digit < 0 && (needsDigit || character != (byte)'_'))
            {
                return -1;
            }

            needsDigit = digit < 0;
            value = digit < 0 ? value : Math.Min(value << 4 | digit, TooLarge);
        }

        return needsDigit ? -1 : value;
    }
}
