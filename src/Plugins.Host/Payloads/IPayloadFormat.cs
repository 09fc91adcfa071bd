using System.Buffers;

namespace Plugins.Host.Payloads;

/// <summary>A format of typed calls, chosen by the media types that a plugin's manifest states.</summary>
/// <remarks>
/// Used by many threads at once. What it reads was written by a plugin and may be hostile: its time and memory must be
/// linear in the document's length, and its recursion bounded.
/// </remarks>
public interface IPayloadFormat
{
    /// <summary>The format's name in messages, such as <c>JSON</c>.</summary>
    string Name { get; }

    /// <summary>True for the media types of this format.</summary>
    /// <param name="mediaType">A function's input or output, as the manifest states it.</param>
    bool Accepts(PayloadMediaType mediaType);

    /// <summary>Fails for a type that cannot be written and read; called before the plugin runs.</summary>
    /// <typeparam name="T">The type of the input or the result.</typeparam>
    /// <exception cref="UnknownPayloadTypeException">Nothing describes the type.</exception>
    /// <exception cref="UnsafePayloadTypeException">Documents can make the type slow to read.</exception>
    void EnsureKnown<T>();

    /// <summary>Writes a value as a document of its own.</summary>
    /// <typeparam name="T">The type as it was described; the value may be of a derived type.</typeparam>
    /// <param name="output">Where to; after an exception it may have a part.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="PayloadException">The value has no form in this format.</exception>
    void Write<T>(IBufferWriter<byte> output, T value);

    /// <summary>Reads a document that holds one value and nothing else.</summary>
    /// <typeparam name="T">The type as it was described.</typeparam>
    /// <param name="document">The bytes, and the call's right to end the reading.</param>
    /// <exception cref="PayloadException">The document is malformed or does not fit the type.</exception>
    T Read<T>(PayloadDocument document);
}
