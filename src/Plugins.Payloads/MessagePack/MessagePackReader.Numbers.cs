using System.Numerics;
using System.Runtime.CompilerServices;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Reads a whole number from 0 to 2⁸-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public byte ReadByte() => ReadInteger<byte>();

    /// <summary>Reads a whole number from -2⁷ to 2⁷-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public sbyte ReadSByte() => ReadInteger<sbyte>();

    /// <summary>Reads a whole number from -2¹⁵ to 2¹⁵-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public short ReadInt16() => ReadInteger<short>();

    /// <summary>Reads a whole number from 0 to 2¹⁶-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public ushort ReadUInt16() => ReadInteger<ushort>();

    /// <summary>Reads a whole number from -2³¹ to 2³¹-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public int ReadInt32() => ReadInteger<int>();

    /// <summary>Reads a whole number from 0 to 2³²-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public uint ReadUInt32() => ReadInteger<uint>();

    /// <summary>Reads a whole number from -2⁶³ to 2⁶³-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public long ReadInt64() => ReadInteger<long>();

    /// <summary>Reads a whole number from 0 to 2⁶⁴-1.</summary>
    /// <exception cref="MessagePackException">Something else comes, or the number is out of range.</exception>
    public ulong ReadUInt64() => ReadInteger<ulong>();

    /// <summary>Reads a number, rounding what single precision cannot hold to the nearest it can.</summary>
    /// <exception cref="MessagePackException">Something else comes, or a number that is too large.</exception>
    public float ReadSingle()
    {
        int start = _position;
        if (Peek() == MessagePackCode.Float32)
        {
            return ReadFloat32();
        }

        double number = ReadDouble();
        float single = (float)number;
        if (float.IsInfinity(single) && !double.IsInfinity(number))
        {
            _position = start;
            throw Refuse(MessagePackProblem.OutOfRange, start);
        }

        return single;
    }

    /// <summary>Reads a number in single or double precision, or a whole number that a double holds exactly.</summary>
    /// <remarks>Whole numbers, because encoders of languages with one number type write 1.0 as 1.</remarks>
    /// <exception cref="MessagePackException">Something else, or a whole number to be rounded.</exception>
    public double ReadDouble()
    {
        switch (Peek())
        {
            case MessagePackCode.Float64:
                double number = BitConverter.UInt64BitsToDouble(PeekNumber(sizeof(double)));
                _position += 1 + sizeof(double);
                return number;
            case MessagePackCode.Float32:
                return ReadFloat32();
            default:
                return ReadWholeDouble();
        }
    }

    private float ReadFloat32()
    {
        float number = BitConverter.UInt32BitsToSingle((uint)PeekNumber(sizeof(float)));
        _position += 1 + sizeof(float);
        return number;
    }

    /// <summary>Reads any whole number that MessagePack has.</summary>
    internal Int128 ReadInt128()
    {
        (int length, ulong bits, bool isSigned) = PeekInteger();
        _position += length;
        return isSigned ? (long)bits : bits;
    }

    private double ReadWholeDouble()
    {
        if (NextType != MessagePackType.Integer)
        {
            throw WrongType(MessagePackType.Float);
        }

        int start = _position;
        Int128 whole = ReadInt128();
        double number = (double)whole;
        if ((Int128)number != whole)
        {
            _position = start;
            throw Refuse(MessagePackProblem.OutOfRange, start);
        }

        return number;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T ReadInteger<T>()
        where T : struct, IBinaryInteger<T>
    {
        byte code = Peek();
        if (code > MessagePackCode.LastPositiveFixInt)
        {
            return ReadLongInteger<T>();
        }

        _position++;
        return T.CreateTruncating(code);
    }

    private T ReadLongInteger<T>()
        where T : struct, IBinaryInteger<T>
    {
        (int length, ulong bits, bool isSigned) = PeekInteger();
        T value = T.CreateTruncating(bits);

        // What fits comes back as it was; what does not has lost bits, or has got another sign.
        bool fits = isSigned && (long)bits < 0
            ? T.IsNegative(value) && long.CreateTruncating(value) == (long)bits
            : !T.IsNegative(value) && ulong.CreateTruncating(value) == bits;
        if (!fits)
        {
            throw Refuse(MessagePackProblem.OutOfRange, _position);
        }

        _position += length;
        return value;
    }

    /// <summary>The integer that comes next, sign-extended in signed formats. "int format family".</summary>
    private readonly (int Length, ulong Bits, bool IsSigned) PeekInteger()
    {
        byte code = Peek();
        return code switch
        {
            <= MessagePackCode.LastPositiveFixInt => (1, code, false),
            >= MessagePackCode.FirstNegativeFixInt => (1, (ulong)(sbyte)code, true),
            MessagePackCode.UInt8 => (2, PeekNumber(1), false),
            MessagePackCode.UInt16 => (3, PeekNumber(2), false),
            MessagePackCode.UInt32 => (5, PeekNumber(4), false),
            MessagePackCode.UInt64 => (9, PeekNumber(8), false),
            MessagePackCode.Int8 => (2, (ulong)(sbyte)PeekNumber(1), true),
            MessagePackCode.Int16 => (3, (ulong)(short)PeekNumber(2), true),
            MessagePackCode.Int32 => (5, (ulong)(int)PeekNumber(4), true),
            MessagePackCode.Int64 => (9, PeekNumber(8), true),
            _ => throw WrongType(MessagePackType.Integer),
        };
    }
}
