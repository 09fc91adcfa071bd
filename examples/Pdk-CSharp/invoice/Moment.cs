using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace Invoice;

/// <summary>A timestamp of MessagePack, to the nanosecond.</summary>
internal readonly record struct Moment(long Seconds, uint Nanoseconds)
{
    private const sbyte ExtensionType = -1;
    private const uint NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Reads any of the three forms; null where it is none.</summary>
    public static Moment? Decode(sbyte type, ReadOnlySpan<byte> data)
    {
        Moment? moment = (type, data.Length) switch
        {
            (ExtensionType, 4) => new(BinaryPrimitives.ReadUInt32BigEndian(data), 0),
            (ExtensionType, 8) => FromBoth(BinaryPrimitives.ReadUInt64BigEndian(data)),
            (ExtensionType, 12) => new(
                BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data)),
            _ => null,
        };
        return moment?.Nanoseconds < NanosecondsPerSecond ? moment : null;
    }

    /// <summary>Writes the shortest form.</summary>
    public void Write(ref MessagePackWriter writer)
    {
        var data = new byte[12];
        int length = 12;
        if (Seconds is < 0 or >= 1L << 34)
        {
            BinaryPrimitives.WriteUInt32BigEndian(data, Nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(4), Seconds);
        }
        else if (Nanoseconds > 0 || Seconds > uint.MaxValue)
        {
            length = 8;
            BinaryPrimitives.WriteUInt64BigEndian(data, ((ulong)Nanoseconds << 34) | (ulong)Seconds);
        }
        else
        {
            length = 4;
            BinaryPrimitives.WriteUInt32BigEndian(data, (uint)Seconds);
        }

        writer.WriteExtensionFormat(new ExtensionResult(ExtensionType, new ReadOnlySequence<byte>(data, 0, length)));
    }

    private static Moment FromBoth(ulong bits) => new((long)(bits & 0x3_FFFF_FFFF), (uint)(bits >> 34));
}
