using System.Text;
using System.Text.Unicode;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackReader
{
    /// <summary>Enters an array; <see cref="EndContainer"/> leaves it after its elements.</summary>
    /// <returns>How many elements follow: never more than bytes are left.</returns>
    /// <exception cref="MessagePackException">Something else comes, or it is nested too deeply.</exception>
    public int ReadArrayHeader()
    {
        int length = Peek() ^ MessagePackCode.FixArray;
        return length <= MessagePackCode.LongestFixContainer
            ? Enter(1, (ulong)length, bytesPerEntry: 1)
            : Peek() switch
            {
                MessagePackCode.Array16 => Enter(3, PeekNumber(2), bytesPerEntry: 1),
                MessagePackCode.Array32 => Enter(5, PeekNumber(4), bytesPerEntry: 1),
                _ => throw WrongType(MessagePackType.Array),
            };
    }

    /// <summary>Enters a map; <see cref="EndContainer"/> leaves it after its keys and values.</summary>
    /// <returns>How many pairs follow: never more than half the bytes that are left.</returns>
    /// <exception cref="MessagePackException">Something else comes, or it is nested too deeply.</exception>
    public int ReadMapHeader()
    {
        int length = Peek() ^ MessagePackCode.FixMap;
        return length <= MessagePackCode.LongestFixContainer
            ? Enter(1, (ulong)length, bytesPerEntry: 2)
            : Peek() switch
            {
                MessagePackCode.Map16 => Enter(3, PeekNumber(2), bytesPerEntry: 2),
                MessagePackCode.Map32 => Enter(5, PeekNumber(4), bytesPerEntry: 2),
                _ => throw WrongType(MessagePackType.Map),
            };
    }

    /// <summary>Enters an array whose length its type determines.</summary>
    /// <param name="length">How many elements it must have.</param>
    /// <exception cref="MessagePackException">Something else comes, or it is nested too deeply.</exception>
    public void ReadArrayHeader(int length)
    {
        int start = _position;
        if (ReadArrayHeader() != length)
        {
            throw Refuse(MessagePackProblem.WrongLength, start);
        }
    }

    /// <summary>Leaves the array or map whose contents were read.</summary>
    /// <exception cref="InvalidOperationException">The reader is in none.</exception>
    public void EndContainer()
    {
        if (_depth == 0)
        {
            throw new InvalidOperationException("The reader is in no array or map.");
        }

        _depth--;
    }

    /// <summary>Reads a value of any type and drops it, checking its form and all text in it.</summary>
    /// <exception cref="MessagePackException">The value is malformed, or nested too deeply.</exception>
    public void Skip()
    {
        switch (NextType)
        {
            case MessagePackType.Nil:
            case MessagePackType.Boolean:
                _position++;
                break;
            case MessagePackType.Integer:
                _position += PeekInteger().Length;
                break;
            case MessagePackType.Float:
                ReadDouble();
                break;
            case MessagePackType.String:
                ReadStringSpan();
                break;
            case MessagePackType.Binary:
                ReadBinary();
                break;
            case MessagePackType.Extension:
                ReadExtension(out _);
                break;
            case MessagePackType.Array:
                SkipMany(ReadArrayHeader());
                break;
            default:
                SkipMany(2L * ReadMapHeader());
                break;
        }
    }

    /// <summary>Drops the value of a member that the type does not know, after checking the name's bytes.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    /// <exception cref="MessagePackException">The name is not UTF-8, or the value is malformed.</exception>
    public void SkipUnknownMember(scoped ReadOnlySpan<byte> name)
    {
        EnsureUnicode(name);
        Skip();
    }

    /// <summary>Makes the exception by which a type that tolerates no unknown members refuses one.</summary>
    /// <param name="name">What <see cref="ReadMemberName"/> gave.</param>
    /// <param name="offset">The <see cref="Position"/> at which the name begins.</param>
    /// <returns>An exception to throw.</returns>
    public readonly MessagePackException RefuseUnknownMember(scoped ReadOnlySpan<byte> name, int offset) =>
        Refuse(MessagePackProblem.UnknownMember, offset, Encoding.UTF8.GetString(MessagePackPath.Shorten(name)));

    /// <summary>Counts memory that a converter is about to take for what the document holds.</summary>
    /// <param name="bytes">How much, at least 0; what is announced but not yet read must not be counted on.</param>
    /// <exception cref="MessagePackException">
    /// All of it together exceeds <see cref="MessagePackReaderOptions.MaximumExpansion"/>.
    /// </exception>
    public void Reserve(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        if (bytes > _reservable)
        {
            throw Refuse(MessagePackProblem.TooLarge, _position);
        }

        _reservable -= bytes;
    }

    private void SkipMany(long values)
    {
        for (; values > 0; values--)
        {
            Skip();
        }

        _depth--;
    }

    private readonly void EnsureUnicode(scoped ReadOnlySpan<byte> name)
    {
        if (!Utf8.IsValid(name))
        {
            throw Refuse(MessagePackProblem.InvalidUnicode, _position - name.Length);
        }
    }

    private int Enter(int headerLength, ulong entries, uint bytesPerEntry)
    {
        if (entries * bytesPerEntry > (ulong)(Remaining - headerLength))
        {
            ThrowUnexpectedEnd();
        }

        if (_depth >= _maximumDepth)
        {
            throw Refuse(MessagePackProblem.TooDeep, _position);
        }

        _depth++;
        _position += headerLength;
        return (int)entries;
    }
}
