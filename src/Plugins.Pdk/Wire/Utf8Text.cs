using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Plugins.Pdk.Wire;

/// <summary>Text as the ABI has it: strict UTF-8, by the definition of the Unicode Standard, table 3-7.</summary>
internal static class Utf8Text
{
    internal static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);

    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        Validate(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    internal static void Validate(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new InvalidTextException(FindInvalid(bytes));
        }
    }

    private static int FindInvalid(ReadOnlySpan<byte> bytes)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int consumed) == OperationStatus.Done)
        {
            offset += consumed;
        }

        return offset;
    }
}
