using System.Globalization;
using System.Text;
using Plugins.Wasm.Text.Lexing;

namespace Plugins.Wasm.Text.Printing;

/// <summary>Strings, identifiers and numbers as words of the text format. WebAssembly 3.0, section 6.3.</summary>
internal static class Words
{
    /// <summary>Text as a string; letters and digits of any language stay, others that are not ASCII do not.</summary>
    public static string Text(string text)
    {
        var word = new StringBuilder("\"", text.Length + 2);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                AddByte((byte)rune.Value, word);
            }
            else if (Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.ToString());
            }
            else
            {
                word.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
        }

        return word.Append('"').ToString();
    }

    /// <summary>Bytes of any kind as a string.</summary>
    public static string Bytes(ReadOnlySpan<byte> bytes)
    {
        var word = new StringBuilder("\"", bytes.Length + 2);
        foreach (byte value in bytes)
        {
            AddByte(value, word);
        }

        return word.Append('"').ToString();
    }

    /// <summary>A name, which is not empty, as an identifier.</summary>
    public static string Identifier(string name) =>
        Characters.IsIdentifier(Encoding.UTF8.GetBytes(name)) ? $"${name}" : $"${Text(name)}";

    /// <summary>A number by its bits, in the fewest digits that mean it.</summary>
    public static string Float32(uint bits)
    {
        float value = BitConverter.UInt32BitsToSingle(bits);
        return float.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : NotFinite(bits, FloatFormat.Single);
    }

    /// <inheritdoc cref="Float32"/>
    public static string Float64(ulong bits)
    {
        double value = BitConverter.UInt64BitsToDouble(bits);
        return double.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : NotFinite(bits, FloatFormat.Double);
    }

    private static string NotFinite(ulong bits, FloatFormat format)
    {
        ulong magnitude = bits & ~format.Sign;
        string word = magnitude == format.Infinity ? "inf"
            : magnitude == format.CanonicalNan ? "nan"
            : string.Create(CultureInfo.InvariantCulture, $"nan:0x{magnitude - format.Infinity:x}");
        return (bits & format.Sign) == 0 ? word : $"-{word}";
    }

    private static void AddByte(byte value, StringBuilder word)
    {
        switch (value)
        {
            case (byte)'"' or (byte)'\\':
                word.Append('\\').Append((char)value);
                break;
            case >= 0x20 and < 0x7F:
                word.Append((char)value);
                break;
            default:
                word.Append(CultureInfo.InvariantCulture, $"\\{value:x2}");
                break;
        }
    }
}
