using Plugins.Pdk.Runtime;
using Plugins.Pdk.Wire;

namespace Plugins.Pdk;

/// <summary>The input of the current call, read once and in order.</summary>
/// <remarks>
/// Safe for use by many threads, each with its own runtime. A function with a parameter gets all of it there.
/// </remarks>
public static class Input
{
    private const int PieceBytes = 4096;

    /// <summary>The total length of the input in bytes, including those already read.</summary>
    /// <value>Null when the input is streamed and its length unknown.</value>
    public static int? Length => PluginRuntime.Current.InputLength() is >= 0 and int length ? length : null;

    /// <summary>Reads the next bytes and returns their number, 0 at the end.</summary>
    /// <param name="buffer">Where to; a streamed input may fill less of it than there is.</param>
    public static int Read(Span<byte> buffer) => PluginRuntime.Current.InputRead(buffer);

    /// <summary>Reads the rest of the input into a buffer and returns the filled part.</summary>
    /// <param name="buffer">Room for the input.</param>
    /// <exception cref="InputTooLongException">The input does not fit.</exception>
    public static Span<byte> ReadAll(Span<byte> buffer)
    {
        int length = 0;
        int count;
        while (length < buffer.Length && (count = Read(buffer[length..])) > 0)
        {
            length += count;
        }

        Span<byte> more = stackalloc byte[1];
        return length < buffer.Length || Read(more) == 0
            ? buffer[..length]
            : throw new InputTooLongException(buffer.Length);
    }

    /// <summary>Reads the rest of the input into a buffer as UTF-8 and returns the filled part.</summary>
    /// <param name="buffer">Room for the input.</param>
    /// <exception cref="InputTooLongException">The input does not fit.</exception>
    /// <exception cref="InvalidTextException">The input is not UTF-8.</exception>
    public static ReadOnlySpan<byte> ReadUtf8(Span<byte> buffer)
    {
        ReadOnlySpan<byte> text = ReadAll(buffer);
        Utf8Text.Validate(text);
        return text;
    }

    /// <summary>Reads the rest of the input.</summary>
    public static byte[] ReadAll()
    {
        var bytes = new byte[Math.Max(Length ?? 0, PieceBytes)];
        int length = 0;
        int count;
        while ((count = Read(bytes.AsSpan(length))) > 0)
        {
            length += count;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, Length == length ? length + 1 : checked(length * 2));
            }
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }

    /// <summary>Reads the rest of the input as text.</summary>
    /// <exception cref="InvalidTextException">It is not UTF-8.</exception>
    public static string ReadText() => Utf8Text.Decode(ReadAll());

    /// <summary>Reads the input character by character, in constant memory.</summary>
    /// <remarks>
    /// For one <c>foreach</c>, which throws <see cref="InvalidTextException"/> where the input is not UTF-8.
    /// </remarks>
    public static InputRunes ReadRunes() => new(PluginRuntime.Current);

    /// <summary>The input as a forward-only stream.</summary>
    /// <remarks>Need not be disposed.</remarks>
    public static Stream OpenStream() => new InputStream(PluginRuntime.Current);
}
