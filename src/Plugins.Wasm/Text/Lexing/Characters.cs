using System.Buffers;

namespace Plugins.Wasm.Text.Lexing;

/// <summary>Classes of characters. WebAssembly 3.0, sections 6.3.1 and 6.3.5.</summary>
internal static class Characters
{
    private static readonly SearchValues<byte> OfIdentifiers = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-./:<=>?@\\^_`|~"u8);

    public static bool IsOfIdentifier(byte character) => OfIdentifiers.Contains(character);

    public static bool IsIdentifier(ReadOnlySpan<byte> text) =>
        text.Length > 0 && !text.ContainsAnyExcept(OfIdentifiers);

    /// <summary>How many characters of an identifier stand at the start.</summary>
    public static int IdentifierLength(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAnyExcept(OfIdentifiers);
        return length < 0 ? text.Length : length;
    }

    /// <summary>Characters that belong to no token and yet end none.</summary>
    public static bool IsReserved(byte character) =>
        character is (byte)',' or (byte)';' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}';

    public static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexDigit(byte character) => character switch
    {
        >= (byte)'0' and <= (byte)'9' => character - '0',
        >= (byte)'a' and <= (byte)'f' => character - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => character - 'A' + 10,
        _ => -1,
    };
}
