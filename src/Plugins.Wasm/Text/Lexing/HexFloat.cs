using System.Numerics;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Hexadecimal floating-point numbers. WebAssembly 3.0, section 6.3.2.</summary>
internal ref struct HexFloat
{
    // Far beyond what any format holds, and far from where the arithmetic would overflow.
    private const long LargestExponent = 1L << 40;

    private readonly ReadOnlySpan<byte> _text;
    private int _position;
    private ulong _significand;
    private long _exponent;
    private bool _isInexact;

    private HexFloat(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Reads what follows <c>0x</c>; what is too large becomes infinity.</summary>
    public static LiteralFault Read(ReadOnlySpan<byte> text, FloatFormat format, out ulong bits)
    {
        var number = new HexFloat(text);
        bool isNumber = number.ReadParts();
        bits = isNumber ? number.Round(format) : 0;
        return isNumber ? LiteralFault.None : LiteralFault.Syntax;
    }

    private bool ReadParts()
    {
        if (!ReadDigits(isFraction: false))
        {
            return false;
        }

        if (_position < _text.Length && _text[_position] == (byte)'.')
        {
            _position++;
            bool hasFraction = _position < _text.Length && Characters.HexDigit(_text[_position]) >= 0;
            if (hasFraction && !ReadDigits(isFraction: true))
            {
                return false;
            }
        }

        return (_position == _text.Length) || (_text[_position] is (byte)'p' or (byte)'P' && ReadExponent());
    }

    private bool ReadDigits(bool isFraction)
    {
        bool needsDigit = true;
        for (; _position < _text.Length; _position++)
        {
            int digit = Characters.HexDigit(_text[_position]);
            if (digit >= 0)
            {
                Add((uint)digit, isFraction);
                needsDigit = false;
            }
            else if (_text[_position] == (byte)'_' && !needsDigit)
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

    // Digits past the sixtieth bit can only break a tie.
    private void Add(uint digit, bool isFraction)
    {
        if (_significand >> 60 == 0)
        {
            _significand = _significand << 4 | digit;
            _exponent -= isFraction ? 4 : 0;
        }
        else
        {
            _isInexact |= digit != 0;
            _exponent += isFraction ? 0 : 4;
        }
    }

    private bool ReadExponent()
    {
        _position++;
        bool isNegative = _position < _text.Length && _text[_position] == (byte)'-';
        if (_position < _text.Length && _text[_position] is (byte)'-' or (byte)'+')
        {
            _position++;
        }

        long exponent = 0;
        bool needsDigit = true;
        for (; _position < _text.Length; _position++)
        {
            byte character = _text[_position];
            if (char.IsAsciiDigit((char)character))
            {
                exponent = Math.Min((exponent * 10) + (character - '0'), LargestExponent);
                needsDigit = false;
            }
            else if (character == (byte)'_' && !needsDigit)
            {
                needsDigit = true;
            }
            else
            {
                return false;
            }
        }

        _exponent += isNegative ? -exponent : exponent;
        return !needsDigit;
    }

    private readonly ulong Round(FloatFormat format)
    {
        if (_significand == 0)
        {
            return 0;
        }

        // The value is significand * 2^exponent; its leading bit stands for 2^leading.
        int width = 64 - BitOperations.LeadingZeroCount(_significand);
        long leading = _exponent + width - 1;
        if (leading > format.Bias)
        {
            return format.Infinity;
        }

        // The last bit that the format keeps stands for 2^last; subnormal numbers share the smallest.
        long smallest = 1 - format.Bias - format.FractionBits;
        long last = Math.Max(leading - format.FractionBits, smallest);
        long dropped = last - _exponent;
        ulong kept = dropped <= 0 ? _significand << (int)-dropped : RoundOff(dropped);

        // A carry out of the fraction goes on into the exponent, up to infinity, as it should.
        return ((ulong)(last - smallest) << format.FractionBits) + kept;
    }

    private readonly ulong RoundOff(long dropped)
    {
        if (dropped > 64)
        {
            return 0;
        }

        ulong kept = dropped == 64 ? 0 : _significand >> (int)dropped;
        ulong half = 1ul << (int)(dropped - 1);
        ulong rest = dropped == 64 ? _significand : _significand & ((half << 1) - 1);
        bool isUp = rest > half || (rest == half && (_isInexact || (kept & 1) != 0));
        return isUp ? kept + 1 : kept;
    }
}
