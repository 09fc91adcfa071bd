using System.Globalization;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Floating-point numbers, rounded to the nearest, ties to even. WebAssembly 3.0, section 6.3.2.</summary>
internal static class FloatLiteral
{
    /// <summary>Reads a number as the bits of its format.</summary>
    public static LiteralFault Read(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        ulong sign = text is [(byte)'-', ..] ? format.Sign : 0;
        ReadOnlySpan<byte> magnitude = text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text;
        LiteralFault fault = ReadMagnitude(magnitude, format, out bits);
        bits |= sign;
        return fault;
    }

    private static LiteralFault ReadMagnitude(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        bits = format.Infinity;
        if (text.SequenceEqual("inf"u8))
        {
            return LiteralFault.None;
        }

        if (text.StartsWith("nan"u8))
        {
            return ReadNan(text[3..], format, out bits);
        }

        LiteralFault fault = text.StartsWith("0x"u8)
            ? HexFloat.Read(text[2..], format, out bits)
            : ReadDecimal(text, format, out bits);
        return fault == LiteralFault.None && bits >= format.Infinity ? LiteralFault.Range : fault;
    }

    private static LiteralFault ReadNan(ReadOnlySpan<byte> rest, FloatFormat format, out ulong bits)
    {
        bits = format.CanonicalNan;
        if (rest.IsEmpty)
        {
            return LiteralFault.None;
        }

        if (!rest.StartsWith(":0x"u8))
        {
            return LiteralFault.Syntax;
        }

        LiteralFault fault =
            IntegerLiteral.ReadUnsigned(rest[1..], (1ul << format.FractionBits) - 1, out ulong payload);
        bits = format.Infinity | payload;
        return fault == LiteralFault.None && payload == 0 ? LiteralFault.Range : fault;
    }

    // The base library rounds any number of digits rightly, and gives infinity to what is too large.
    private static LiteralFault ReadDecimal(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        bits = 0;
        byte[] plain = new byte[text.Length];
        if (!TryCopyDecimal(text, plain, out int length))
        {
            return LiteralFault.Syntax;
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        ReadOnlySpan<byte> number = plain.AsSpan(0, length);
        if (format == FloatFormat.Single)
        {
            bool isSingle = float.TryParse(number, Style, CultureInfo.InvariantCulture, out float single);
            bits = BitConverter.SingleToUInt32Bits(single);
            return isSingle ? LiteralFault.None : LiteralFault.Syntax;
        }

        bool isDouble = double.TryParse(number, Style, CultureInfo.InvariantCulture, out double value);
        bits = BitConverter.DoubleToUInt64Bits(value);
        return isDouble ? LiteralFault.None : LiteralFault.Syntax;
    }

    // digits [ "." [digits] ] [ ("e" | "E") [sign] digits ], underscores between digits; copied without them.
    private static bool TryCopyDecimal(ReadOnlySpan<byte> text, Span<byte> plain, out int length)
    {
        length = 0;
        int position = 0;
        if (!TryCopyDigits(text, plain, ref position, ref length))
        {
            return false;
        }

        if (position < text.Length && text[position] == (byte)'.')
        {
            plain[length++] = text[position++];
            if (position < text.Length && char.IsAsciiDigit((char)text[position])
                && !TryCopyDigits(text, plain, ref position, ref length))
            {
                return false;
            }
        }

        if (position < text.Length && text[position] is (byte)'e' or (byte)'E')
        {
            plain[length++] = text[position++];
            if (position < text.Length && text[position] is (byte)'+' or (byte)'-')
            {
                plain[length++] = text[position++];
            }

            if (!TryCopyDigits(text, plain, ref position, ref length))
            {
                return false;
            }
        }

        return position == text.Length;
    }

    private static bool TryCopyDigits(ReadOnlySpan<byte> text, Span<byte> plain, ref int position, ref int length)
    {
        bool needsDigit = true;
        for (; position < text.Length; position++)
        {
            byte character = text[position];
            if (char.IsAsciiDigit((char)character))
            {
                plain[length++] = character;
                needsDigit = false;
            }
            else if (character == (byte)'_' && !needsDigit)
            {
                needsDigit = true;
            }
            else
            {
                break;
            }
        }

        return !needsDigit;
    }
}
