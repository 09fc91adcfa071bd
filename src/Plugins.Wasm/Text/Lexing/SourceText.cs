using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>The bytes of a text, known to be UTF-8, and the way from offsets to lines.</summary>
internal sealed class SourceText
{
    private const string MalformedEncoding = "malformed UTF-8 encoding";

    /// <exception cref="MalformedTextException">The bytes are not UTF-8.</exception>
    public SourceText(byte[] utf8)
    {
        Bytes = utf8;
        if (!Utf8.IsValid(utf8))
        {
            throw Fault(MalformedEncoding, ValidLength(utf8));
        }
    }

    public byte[] Bytes { get; }

    /// <exception cref="MalformedTextException">The text has half a surrogate pair.</exception>
    public static SourceText Of(string text)
    {
        try
        {
            return new SourceText(ModuleReader.StrictUtf8.GetBytes(text));
        }
        catch (EncoderFallbackException fault)
        {
            byte[] before = ModuleReader.StrictUtf8.GetBytes(text[..fault.Index]);
            throw new SourceText(before).Fault(MalformedEncoding, before.Length);
        }
    }

    /// <summary>An error at an offset.</summary>
    public MalformedTextException Fault(string reason, int offset)
    {
        ReadOnlySpan<byte> before = Bytes.AsSpan(0, offset);
        int line = 1 + before.Count((byte)'\n');
        int column = 1;
        foreach (byte part in before[(before.LastIndexOf((byte)'\n') + 1)..])
        {
            column += (part & 0xC0) == 0x80 ? 0 : 1; // Bytes that continue a character count nothing.
        }

        return new MalformedTextException(reason, line, column);
    }

    private static int ValidLength(byte[] bytes)
    {
        int valid = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(valid), out _, out int length)
            == OperationStatus.Done)
        {
            valid += length;
        }

        return valid;
    }
}
