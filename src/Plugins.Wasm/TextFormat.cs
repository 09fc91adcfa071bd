using Plugins.Wasm.Text.Lexing;
using Plugins.Wasm.Text.Parsing;

namespace Plugins.Wasm;

/// <summary>Modules in the text format (<c>.wat</c>), to and from the binary format.</summary>
/// <remarks>
/// It knows all of WebAssembly 3.0, the exceptions of the legacy proposal, threads, custom page sizes and wide
/// arithmetic, whether or not the engine runs them. Safe for use by many threads. WebAssembly 3.0, chapter 6.
/// </remarks>
public static class TextFormat
{
    /// <summary>Makes a module in the binary format of one in the text format; it is not validated.</summary>
    /// <param name="text">The module, with or without <c>(module …)</c> around its fields.</param>
    /// <param name="limits">Size limits, of which <see cref="ModuleLimits.TextBytes"/> is looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <remarks>Identifiers, and <c>@name</c> annotations, become the name section.</remarks>
    /// <exception cref="MalformedTextException">The text is not a module.</exception>
    /// <exception cref="ModuleLimitException">It is longer than the limit allows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static byte[] ToBinary(
        string text, ModuleLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        ThrowIfTooLong(text.Length, limits);
        SourceText source = SourceText.Of(text);
        ThrowIfTooLong(source.Bytes.Length, limits);
        return ModuleParser.Parse(source, cancellationToken);
    }

    /// <param name="utf8">The module as UTF-8; copied.</param>
    /// <param name="limits">Size limits, of which <see cref="ModuleLimits.TextBytes"/> is looked at.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <inheritdoc cref="ToBinary(string, ModuleLimits?, CancellationToken)"/>
    public static byte[] ToBinary(
        ReadOnlySpan<byte> utf8, ModuleLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ThrowIfTooLong(utf8.Length, limits);
        return ModuleParser.Parse(new SourceText(utf8.ToArray()), cancellationToken);
    }

    private static void ThrowIfTooLong(int length, ModuleLimits? limits)
    {
        limits ??= ModuleLimits.Default;
        limits.ThrowIfOutOfRange();
        if (length > limits.TextBytes)
        {
            throw new ModuleLimitException(nameof(ModuleLimits.TextBytes), limits.TextBytes, length, 0);
        }
    }
}
