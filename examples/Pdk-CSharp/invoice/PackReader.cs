using System.Text;
using System.Text.Unicode;
using MessagePack;

namespace Invoice;

/// <summary>Reads MessagePack with the library's reader, and checks what that leaves unchecked.</summary>
/// <remarks>Text is UTF-8 and nothing is deeper than 64 levels, also in what is skipped.</remarks>
internal ref struct PackReader(ReadOnlyMemory<byte> input)
{
    private const int MaximumDepth = 64;

    private MessagePackReader _reader = new(input);
    private int _depth;

    /// <summary>Where the value begins that was read last.</summary>
    public int Start { get; private set; }

    public int ReadMapHeader(string mismatch)
    {
        Expect(MessagePackType.Map, mismatch);
        Enter();
        return _reader.ReadMapHeader();
    }

    public int ReadArrayHeader(string mismatch)
    {
        Expect(MessagePackType.Array, mismatch);
        Enter();
        return _reader.ReadArrayHeader();
    }

    /// <summary>Leaves a map or an array.</summary>
    public void Leave() => _depth--;

    public string ReadText(string mismatch)
    {
        Expect(MessagePackType.String, mismatch);
        ReadOnlySpan<byte> text = _reader.ReadStringSequence()!.Value.FirstSpan;
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new PackException("not UTF-8");
    }

    public ulong ReadNumber(ulong maximum, string mismatch)
    {
        Expect(MessagePackType.Integer, mismatch);
        ulong number;
        try
        {
            number = _reader.ReadUInt64();
        }
        catch (OverflowException)
        {
            number = ulong.MaxValue;
        }

        return number <= maximum ? number : throw new PackException("a number out of range");
    }

    public Moment ReadMoment(string mismatch)
    {
        Expect(MessagePackType.Extension, mismatch);
        ExtensionHeader header = _reader.ReadExtensionFormatHeader();
        ReadOnlySpan<byte> data = _reader.ReadRaw(header.Length).FirstSpan;
        return Moment.Decode(header.TypeCode, data) ?? throw new PackException(mismatch);
    }

    public bool TryReadNil() => !_reader.End && _reader.TryReadNil();

    public void Skip()
    {
        Start = (int)_reader.Consumed;
        switch (_reader.NextMessagePackType)
        {
            case MessagePackType.String:
                ReadText("");
                break;
            case MessagePackType.Array:
                SkipMany(ReadArrayHeader(""));
                break;
            case MessagePackType.Map:
                SkipMany(2L * ReadMapHeader(""));
                break;
            case MessagePackType.Unknown:
                throw new PackException("a byte without meaning");
            default:
                _reader.Skip();
                break;
        }
    }

    public void End()
    {
        Start = (int)_reader.Consumed;
        if (!_reader.End)
        {
            throw new PackException("bytes after the end");
        }
    }

    private void SkipMany(long values)
    {
        for (; values > 0; values--)
        {
            Skip();
        }

        Leave();
    }

    private void Expect(MessagePackType type, string mismatch)
    {
        Start = (int)_reader.Consumed;
        MessagePackType next = _reader.NextMessagePackType;
        if (next != type)
        {
            throw new PackException(next == MessagePackType.Unknown ? "a byte without meaning" : mismatch);
        }
    }

    private void Enter()
    {
        if (++_depth > MaximumDepth)
        {
            throw new PackException("nested too deep");
        }
    }
}
