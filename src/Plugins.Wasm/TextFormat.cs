using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Parsing;
using Plugins.Wasm.Text.Printing;

namespace Plugins.Wasm;

/// <summary>Modules in the text format (<c>.wat</c>), to and from the binary format.</summary>
/// <remarks>
/// It knows all of WebAssembly 3.0, the exceptions of the legacy proposal, threads, custom page sizes and wide
/// arithmetic, whether or not the engine runs them. Safe for use by many threads. WebAssembly 3.0, chapter 6.
/// </remarks>
public static class TextFormat
{
    /// <summary>The most UTF-8 bytes of a text that is read or printed: 512 MiB.</summary>
    public const int MaximumTextBytes = 1 << 29;

    /// <summary>Makes a module in the binary format of one in the text format; it is not validated.</summary>
    /// <param name="text">The module, with or without <c>(module …)</c> around its fields.</param>
    /// <param name="maximumTextBytes">The most UTF-8 bytes of the text; up to 512 MiB.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Identifiers, and <c>@name</c> annotations, become the name section.</remarks>
    /// <exception cref="MalformedTextException">The text is not a module.</exception>
    /// <exception cref="ModuleLimitException">It is longer than it may be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static byte[] ToBinary(
        string text, int maximumTextBytes = MaximumTextBytes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ThrowIfTooLong(text.Length, maximumTextBytes);
        SourceText source = SourceText.Of(text);
        ThrowIfTooLong(source.Bytes.Length, maximumTextBytes);
        return ModuleParser.Parse(source, cancellationToken);
    }

    /// <param name="utf8">The module as UTF-8; copied.</param>
    /// <param name="maximumTextBytes">The most UTF-8 bytes of the text; up to 512 MiB.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="ToBinary(string, int, CancellationToken)"/>
    public static byte[] ToBinary(
        ReadOnlySpan<byte> utf8, int maximumTextBytes = MaximumTextBytes, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(utf8.Length, maximumTextBytes);
        return ModuleParser.Parse(new SourceText(utf8.ToArray()), cancellationToken);
    }

    /// <summary>Makes a text of a module in the binary format, which need not be valid.</summary>
    /// <param name="binary">The module; copied.</param>
    /// <param name="maximumTextBytes">The most UTF-8 bytes of the text; up to 512 MiB.</param>
    /// <param name="cancellationToken">Stops it, between two functions.</param>
    /// <returns>
    /// The text, an instruction to a line, with the names of the name section where they can be identifiers. It is
    /// ASCII but for letters and digits in names.
    /// </returns>
    /// <remarks>
    /// Read back, it gives the same bytes, but for what is encoded longer than it has to be, and the data count
    /// section, which is written where code needs it.
    /// </remarks>
    /// <exception cref="MalformedModuleException">The bytes are not a module.</exception>
    /// <exception cref="UnsupportedFeatureException">The bytes are a component.</exception>
    /// <exception cref="ModuleLimitException">The text would be longer than it may be.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static string FromBinary(
        ReadOnlySpan<byte> binary,
        int maximumTextBytes = MaximumTextBytes,
        CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(0, maximumTextBytes);
        return ModulePrinter.Print(binary.ToArray(), maximumTextBytes, cancellationToken);
    }

    private static void ThrowIfTooLong(int length, int maximumTextBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumTextBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumTextBytes, MaximumTextBytes);
        if (length > maximumTextBytes)
        {
            throw new ModuleLimitException(ModuleLimitException.TextLimit, maximumTextBytes, length, 0);
        }
    }
}
