using System.Buffers.Binary;

namespace Plugins.Payloads.MessagePack;

/// <summary>The extent of a value in a document: of all of it, or for arrays and maps of the header.</summary>
/// <remarks>Found without exceptions, so that a walk over a malformed document can simply end.</remarks>
internal readonly record struct MessagePackToken(int Length, long Values, bool IsMap)
{
    /// <summary>Finds the extent of the value at a position.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="position">Where the value begins.</param>
    /// <param name="token">Its length, and how many values it holds; a map's keys count as values.</param>
    /// <returns>False when there is no value that is complete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int position, out MessagePackToken token)
    {
        token = default;
        ReadOnlySpan<byte> rest = bytes[position..];
        if (rest.IsEmpty || rest[0] == MessagePackCode.Reserved)
        {
            return false;
        }

        byte code = rest[0];
        int sizeLength = SizeLength(code);
        if (rest.Length <= sizeLength)
        {
            return false;
        }

        long size = sizeLength == 0 ? FixedSize(code) : ReadSize(rest.Slice(1, sizeLength));
        MessagePackType type = MessagePackCode.TypeOf(code).GetValueOrDefault();
        bool isContainer = type is MessagePackType.Array or MessagePackType.Map;
        long length = 1 + sizeLength + (type == MessagePackType.Extension ? 1 : 0) + (isContainer ? 0 : size);
        if (length > rest.Length)
        {
            return false;
        }

        bool isMap = type == MessagePackType.Map;
        token = new MessagePackToken((int)length, isContainer ? size * (isMap ? 2 : 1) : 0, isMap);
        return true;
    }

    private static int SizeLength(byte code) => code switch
    {
        MessagePackCode.Bin8 or MessagePackCode.Ext8 or MessagePackCode.Str8 => 1,
        MessagePackCode.Bin16 or MessagePackCode.Ext16 or MessagePackCode.Str16 => 2,
        MessagePackCode.Array16 or MessagePackCode.Map16 => 2,
        MessagePackCode.Bin32 or MessagePackCode.Ext32 or MessagePackCode.Str32 => 4,
        MessagePackCode.Array32 or MessagePackCode.Map32 => 4,
        _ => 0,
    };

    /// <summary>The size that the first byte determines: of a body, or of an array or map in entries.</summary>
    private static int FixedSize(byte code) => code switch
    {
        <= MessagePackCode.LastPositiveFixInt or >= MessagePackCode.FirstNegativeFixInt => 0,
        < MessagePackCode.FixStr => code & MessagePackCode.LongestFixContainer,
        < MessagePackCode.Nil => code & MessagePackCode.LongestFixStr,
        >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16 => 1 << (code - MessagePackCode.FixExt1),
        MessagePackCode.UInt8 or MessagePackCode.Int8 => 1,
        MessagePackCode.UInt16 or MessagePackCode.Int16 => 2,
        MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32 => 4,
        MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64 => 8,
        _ => 0,
    };

    private static long ReadSize(ReadOnlySpan<byte> size) => size.Length switch
    {
        1 => size[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(size),
        _ => BinaryPrimitives.ReadUInt32BigEndian(size),
    };
}
