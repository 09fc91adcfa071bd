using System.Buffers.Binary;
using System.Numerics;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackWriter
{
    /// <summary>Writes an extension.</summary>
    /// <param name="type">The application's type number, at least 0; those below belong to the specification.</param>
    /// <param name="data">The data.</param>
    public void WriteExtension(sbyte type, scoped ReadOnlySpan<byte> data)
    {
        WriteExtensionHeader(type, data.Length);
        WriteEncoded(data);
    }

    /// <summary>Writes an instant as the timestamp extension.</summary>
    /// <param name="value">The instant.</param>
    /// <remarks>In 6 bytes from 1970 to 2106 without fractions, in 10 until 2514, in 15 otherwise.</remarks>
    public void WriteTimestamp(MessagePackTimestamp value)
    {
        const sbyte Type = MessagePackTimestamp.ExtensionType;
        ulong seconds = (ulong)value.Seconds;
        Span<byte> data = stackalloc byte[12];
        if (seconds <= uint.MaxValue && value.Nanoseconds == 0)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)seconds);
            WriteExtension(Type, data[..4]);
        }
        else if (seconds >> 34 == 0)
        {
            BinaryPrimitives.WriteUInt64BigEndian(data, ((ulong)value.Nanoseconds << 34) | seconds);
            WriteExtension(Type, data[..8]);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, value.Nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(data[4..], value.Seconds);
            WriteExtension(Type, data);
        }
    }

    private void WriteExtensionHeader(sbyte type, int length)
    {
        if (length is > 0 and <= 16 && BitOperations.IsPow2(length))
        {
            WriteCode((byte)(MessagePackCode.FixExt1 + BitOperations.Log2((uint)length)));
        }
        else if (length <= byte.MaxValue)
        {
            Write8(MessagePackCode.Ext8, (byte)length);
        }
        else if (length <= ushort.MaxValue)
        {
            Write16(MessagePackCode.Ext16, (ushort)length);
        }
        else
        {
            Write32(MessagePackCode.Ext32, (uint)length);
        }

        WriteCode((byte)type);
    }
}
