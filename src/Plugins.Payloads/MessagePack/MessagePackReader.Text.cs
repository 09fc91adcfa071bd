using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Reads text.</summary>
    /// <exception cref="MessagePackException">Something else comes, or bytes that are not UTF-8.</exception>
    public string ReadString()
    {
        int start = _position;
        ReadOnlySpan<byte> utf8 = ReadStringBody();
        if (Ascii.IsValid(utf8))
        {
            return Encoding.Latin1.GetString(utf8);
        }

        return Utf8.IsValid(utf8) ? Encoding.UTF8.GetString(utf8) : throw InvalidUnicode(start);
    }

    /// <summary>Reads text without making a string of it.</summary>
    /// <returns>Valid UTF-8: a part of the document, good as long as the document's bytes are.</returns>
    /// <exception cref="MessagePackException">Something else comes, or bytes that are not UTF-8.</exception>
    public ReadOnlySpan<byte> ReadStringSpan()
    {
        int start = _position;
        ReadOnlySpan<byte> utf8 = ReadStringBody();
        return Utf8.IsValid(utf8) ? utf8 : throw InvalidUnicode(start);
    }

    /// <summary>Reads a member's name for comparison with those that are known.</summary>
    /// <returns>
    /// Unchecked bytes, since a name that equals a known one is valid; others go to <see cref="SkipUnknownMember"/>.
    /// </returns>
    /// <exception cref="MessagePackException">Something other than a string comes.</exception>
    public ReadOnlySpan<byte> ReadMemberName() => ReadStringBody();

    /// <summary>Reads bytes.</summary>
    /// <returns>A part of the document, good as long as the document's bytes are.</returns>
    /// <exception cref="MessagePackException">Something else comes.</exception>
    public ReadOnlySpan<byte> ReadBinary() => Peek() switch
    {
        MessagePackCode.Bin8 => TakeBody(2, PeekNumber(1)),
        MessagePackCode.Bin16 => TakeBody(3, PeekNumber(2)),
        MessagePackCode.Bin32 => TakeBody(5, PeekNumber(4)),
        _ => throw WrongType(MessagePackType.Binary),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> ReadStringBody()
    {
        int length = Peek() ^ MessagePackCode.FixStr;
        return length <= MessagePackCode.LongestFixStr ? TakeBody(1, (ulong)length) : ReadLongStringBody();
    }

    private ReadOnlySpan<byte> ReadLongStringBody() => Peek() switch
    {
        MessagePackCode.Str8 => TakeBody(2, PeekNumber(1)),
        MessagePackCode.Str16 => TakeBody(3, PeekNumber(2)),
        MessagePackCode.Str32 => TakeBody(5, PeekNumber(4)),
        _ => throw WrongType(MessagePackType.String),
    };

    private MessagePackException InvalidUnicode(int start)
    {
        _position = start;
        return Refuse(MessagePackProblem.InvalidUnicode, start);
    }
}
