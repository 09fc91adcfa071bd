using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using MessagePack;

namespace Plugins.Host.MessagePack.Documents;

/// <summary>The first bytes of a value: its type, and the length of what follows them.</summary>
/// <param name="Type">The type; unknown for the reserved byte.</param>
/// <param name="Length">Bytes of the head itself.</param>
/// <param name="Size">Bytes of the body, or entries of an array or a map.</param>
internal readonly record struct MessagePackHead(MessagePackType Type, int Length, uint Size)
{
    // Heads by their first byte; a size is only in those that have no bytes for it.
    private static readonly MessagePackHead[] s_heads =
        [.. Enumerable.Range(0, 256).Select(code => Describe((byte)code))];

    public bool IsContainer => Type is MessagePackType.Array or MessagePackType.Map;

    /// <summary>Reads the head that bytes begin with.</summary>
    /// <returns>False when they end within it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MessagePackHead head)
    {
        head = bytes.IsEmpty ? default : s_heads[bytes[0]];
        return head.Length == 1 || TryReadSize(bytes, ref head);
    }

    private static bool TryReadSize(ReadOnlySpan<byte> bytes, ref MessagePackHead head)
    {
        if (bytes.Length < Math.Max(head.Length, 1))
        {
            return false;
        }

        // An extension has a byte for its own type before its body.
        int sizeBytes = head.Length - (head.Type == MessagePackType.Extension ? 2 : 1);
        if (sizeBytes > 0)
        {
            head = head with { Size = ReadSize(bytes.Slice(1, sizeBytes)) };
        }

        return true;
    }

    private static uint ReadSize(ReadOnlySpan<byte> size) => size.Length switch
    {
        1 => size[0],
        2 => BinaryPrimitives.ReadUInt16BigEndian(size),
        _ => BinaryPrimitives.ReadUInt32BigEndian(size),
    };

    /// <summary>MessagePack specification, "Formats: Overview".</summary>
    private static MessagePackHead Describe(byte code) => code switch
    {
        < 0x80 or >= 0xE0 => new(MessagePackType.Integer, 1, 0),
        < 0x90 => new(MessagePackType.Map, 1, code & 0x0Fu),
        < 0xA0 => new(MessagePackType.Array, 1, code & 0x0Fu),
        < 0xC0 => new(MessagePackType.String, 1, code & 0x1Fu),
        0xC0 => new(MessagePackType.Nil, 1, 0),
        0xC1 => new(MessagePackType.Unknown, 1, 0),
        <= 0xC3 => new(MessagePackType.Boolean, 1, 0),
        <= 0xC6 => new(MessagePackType.Binary, 1 + (1 << (code - 0xC4)), 0),
        <= 0xC9 => new(MessagePackType.Extension, 2 + (1 << (code - 0xC7)), 0),
        <= 0xCB => new(MessagePackType.Float, 1, 4u << (code - 0xCA)),
        <= 0xD3 => new(MessagePackType.Integer, 1, 1u << (code & 3)),
        <= 0xD8 => new(MessagePackType.Extension, 2, 1u << (code - 0xD4)),
        <= 0xDB => new(MessagePackType.String, 1 + (1 << (code - 0xD9)), 0),
        <= 0xDD => new(MessagePackType.Array, 1 + (2 << (code - 0xDC)), 0),
        _ => new(MessagePackType.Map, 1 + (2 << (code - 0xDE)), 0),
    };
}
