using System.Buffers.Binary;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Reads an extension of any type, timestamps included.</summary>
    /// <param name="type">The type number; those below 0 belong to the specification.</param>
    /// <returns>Its data: a part of the document, good as long as the document's bytes are.</returns>
    /// <exception cref="MessagePackException">Something else comes.</exception>
    public ReadOnlySpan<byte> ReadExtension(out sbyte type)
    {
        byte code = Peek();
        (int headerLength, ulong length) = code switch
        {
            >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => (2, 1UL << (code - MessagePackCode.FixExt1)),
            MessagePackCode.Ext8 => (3, PeekNumber(1)),
            MessagePackCode.Ext16 => (4, PeekNumber(2)),
            MessagePackCode.Ext32 => (6, PeekNumber(4)),
            _ => throw WrongType(MessagePackType.Extension),
        };
        if (Remaining < headerLength)
        {
            ThrowUnexpectedEnd();
        }

        type = (sbyte)_bytes[_position + headerLength - 1];
        return TakeBody(headerLength, length);
    }

    /// <summary>Reads an instant in any of the three forms of the timestamp extension.</summary>
    /// <exception cref="MessagePackException">Something else comes, or more nanoseconds than a second has.</exception>
    public MessagePackTimestamp ReadTimestamp()
    {
        int start = _position;
        ReadOnlySpan<byte> data = ReadExtension(out sbyte type);
        long seconds = 0;
        uint nanoseconds = uint.MaxValue;
        if (type == MessagePackTimestamp.ExtensionType)
        {
            Decode(data, ref seconds, ref nanoseconds);
        }

        if (nanoseconds >= MessagePackTimestamp.NanosecondsPerSecond)
        {
            _position = start;
            throw Refuse(MessagePackProblem.InvalidTimestamp, start);
        }

        return new(seconds, nanoseconds);
    }

    /// <summary>Timestamp 32, 64 and 96; leaves the nanoseconds, which are no valid ones, at another length.</summary>
    private static void Decode(ReadOnlySpan<byte> data, ref long seconds, ref uint nanoseconds)
    {
        switch (data.Length)
        {
            case 4:
                (seconds, nanoseconds) = (BinaryPrimitives.ReadUInt32BigEndian(data), 0);
                break;
            case 8:
                ulong both = BinaryPrimitives.ReadUInt64BigEndian(data);
                (seconds, nanoseconds) = ((long)(both & 0x3_FFFF_FFFF), (uint)(both >> 34));
                break;
            case 12:
                nanoseconds = BinaryPrimitives.ReadUInt32BigEndian(data);
                seconds = BinaryPrimitives.ReadInt64BigEndian(data[4..]);
                break;
        }
    }
}
