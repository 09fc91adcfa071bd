namespace Plugins.Wasm.Text.Lexing;

/// <summary>Whole numbers, decimal and hexadecimal. WebAssembly 3.0, section 6.3.2.</summary>
internal static class IntegerLiteral
{
    /// <summary>Reads a number without a sign.</summary>
    public static LiteralFault ReadUnsigned(ReadOnlySpan<byte> text, ulong maximum, out ulong value)
    {
        LiteralFault fault = ReadMagnitude(text, out value);
        return fault == LiteralFault.None && value > maximum ? LiteralFault.Range : fault;
    }

    /// <summary>Reads a number of so many bits, signed or not; the bits above them are zero.</summary>
    public static LiteralFault Read(ReadOnlySpan<byte> text, int bits, out ulong value)
    {
        bool isNegative = text is [(byte)'-', ..];
        LiteralFault fault = ReadMagnitude(text is [(byte)'-' or (byte)'+', ..] ? text[1..] : text, out value);
        ulong mask = ulong.MaxValue >> (64 - bits);
        ulong maximum = isNegative ? (mask >> 1) + 1 : mask;
        if (fault == LiteralFault.None && value > maximum)
        {
            return LiteralFault.Range;
        }

        value = (isNegative ? 0 - value : value) & mask;
        return fault;
    }

    private static LiteralFault ReadMagnitude(ReadOnlySpan<byte> text, out ulong value)
    {
        bool isHex = text is [(byte)'0', (byte)'x', ..];
        ReadOnlySpan<byte> digits = isHex ? text[2..] : text;
        ulong radix = isHex ? 16u : 10u;
        bool needsDigit = true, isTooLarge = false;
        value = 0;
        foreach (byte character in digits)
        {
            int digit = isHex || char.IsAsciiDigit((char)character) ? Characters.HexDigit(character) : -1;
            if (digit < 0 && (needsDigit || character != (byte)'_'))
            {
                return LiteralFault.Syntax;
            }

            needsDigit = digit < 0;
            if (digit >= 0)
            {
                isTooLarge |= value > (ulong.MaxValue - (ulong)digit) / radix;
                value = unchecked((value * radix) + (ulong)digit);
            }
        }

        return needsDigit ? LiteralFault.Syntax : isTooLarge ? LiteralFault.Range : LiteralFault.None;
    }
}
