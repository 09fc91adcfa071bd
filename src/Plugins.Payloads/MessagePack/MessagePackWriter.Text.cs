using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Plugins.Payloads.MessagePack;

public ref partial struct MessagePackWriter
{
    private const int LongestHeader = 6;
    private const int LongestTextAtOnce = 4_096;
    private const int LongestUtf8PerChar = 3;

    /// <summary>Writes text.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="MessagePackException">It has half a surrogate pair.</exception>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteString(value.AsSpan());
    }

    /// <summary>Writes text.</summary>
    /// <param name="value">The text.</param>
    /// <exception cref="MessagePackException">It has half a surrogate pair.</exception>
    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        // The header's length is guessed as if all were ASCII; where the guess was short the text is moved.
        int most = value.Length <= LongestTextAtOnce
            ? value.Length * LongestUtf8PerChar
            : Encoding.UTF8.GetByteCount(value);
        Span<byte> span = Reserve(checked(most + LongestHeader));
        int guessed = StringHeaderLength(value.Length);
        if (Utf8.FromUtf16(value, span[guessed..], out _, out int length, replaceInvalidSequences: false)
            != OperationStatus.Done)
        {
            throw Refuse(MessagePackProblem.InvalidUnicode);
        }

        int headerLength = StringHeaderLength(length);
        if (headerLength != guessed)
        {
            span.Slice(guessed, length).CopyTo(span[headerLength..]);
        }

        WriteStringHeader(length);
        _used += length;
    }

    /// <summary>Writes text that is UTF-8 already.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="MessagePackException">It is not UTF-8.</exception>
    public void WriteString(scoped ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
        {
            throw Refuse(MessagePackProblem.InvalidUnicode);
        }

        WriteStringHeader(utf8.Length);
        WriteEncoded(utf8);
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
        {
            Write8(MessagePackCode.Bin8, (byte)value.Length);
        }
        else if (value.Length <= ushort.MaxValue)
        {
            Write16(MessagePackCode.Bin16, (ushort)value.Length);
        }
        else
        {
            Write32(MessagePackCode.Bin32, (uint)value.Length);
        }

        WriteEncoded(value);
    }

    private static int StringHeaderLength(int length) => length switch
    {
        <= MessagePackCode.LongestFixStr => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    private void WriteStringHeader(int length)
    {
        switch (StringHeaderLength(length))
        {
            case 1:
                WriteCode((byte)(MessagePackCode.FixStr | length));
                break;
            case 2:
                Write8(MessagePackCode.Str8, (byte)length);
                break;
            case 3:
                Write16(MessagePackCode.Str16, (ushort)length);
                break;
            default:
                Write32(MessagePackCode.Str32, (uint)length);
                break;
        }
    }
}
