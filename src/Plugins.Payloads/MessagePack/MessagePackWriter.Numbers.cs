using System.Runtime.CompilerServices;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackWriter
{
    /// <summary>Writes a whole number, also one of a smaller type.</summary>
    /// <param name="value">The number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value)
    {
        if ((uint)value <= MessagePackCode.LastPositiveFixInt)
        {
            WriteCode((byte)value);
        }
        else
        {
            WriteInt64(value);
        }
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt64(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteUInt64((ulong)value);
                break;
            case >= -32:
                WriteCode((byte)value);
                break;
            case >= sbyte.MinValue:
                Write8(MessagePackCode.Int8, (byte)value);
                break;
            case >= short.MinValue:
                Write16(MessagePackCode.Int16, (ushort)value);
                break;
            case >= int.MinValue:
                Write32(MessagePackCode.Int32, (uint)value);
                break;
            default:
                Write64(MessagePackCode.Int64, (ulong)value);
                break;
        }
    }

    /// <summary>Writes a whole number, also one of a smaller unsigned type.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt64(ulong value)
    {
        switch (value)
        {
            case <= MessagePackCode.LastPositiveFixInt:
                WriteCode((byte)value);
                break;
            case <= byte.MaxValue:
                Write8(MessagePackCode.UInt8, (byte)value);
                break;
            case <= ushort.MaxValue:
                Write16(MessagePackCode.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                Write32(MessagePackCode.UInt32, (uint)value);
                break;
            default:
                Write64(MessagePackCode.UInt64, value);
                break;
        }
    }

    /// <summary>Writes a number in single precision.</summary>
    /// <param name="value">The number.</param>
    public void WriteSingle(float value) =>
        Write32(MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));

    /// <summary>Writes a number, in single precision when that keeps all of its bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteDouble(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        float single = (float)value;
        if (BitConverter.DoubleToUInt64Bits(single) == bits)
        {
            WriteSingle(single);
        }
        else
        {
            Write64(MessagePackCode.Float64, bits);
        }
    }
}
