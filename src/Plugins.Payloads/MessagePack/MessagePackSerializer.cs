using System.Buffers;

namespace Plugins.Payloads.MessagePack;

/// <summary>Writes and reads whole documents of one value.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public static class MessagePackSerializer
{
    /// <summary>Writes a value.</summary>
    /// <param name="output">Where to; after an exception it may have got a part.</param>
    /// <param name="value">What to write.</param>
    /// <param name="converter">How.</param>
    /// <exception cref="MessagePackException">The value has no form in MessagePack.</exception>
    public static void Serialize<T>(IBufferWriter<byte> output, T value, PayloadConverter<T> converter)
    {
        ArgumentNullException.ThrowIfNull(converter);
        var writer = new MessagePackWriter(output);
        converter.Write(ref writer, value);
        writer.Flush();
    }

    /// <summary>Writes a value.</summary>
    /// <param name="output">Where to; after an exception it may have got a part.</param>
    /// <param name="value">What to write.</param>
    /// <param name="context">Knows the converter.</param>
    /// <exception cref="MessagePackException">The value has no form in MessagePack.</exception>
    /// <exception cref="UnknownPayloadTypeException">The context does not know the type.</exception>
    public static void Serialize<T>(IBufferWriter<byte> output, T value, PayloadContext context) =>
        Serialize(output, value, Find<T>(context));

    /// <summary>Writes a value into an array of its own.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="converter">How.</param>
    /// <exception cref="MessagePackException">The value has no form in MessagePack.</exception>
    public static byte[] Serialize<T>(T value, PayloadConverter<T> converter)
    {
        var output = new ArrayBufferWriter<byte>();
        Serialize(output, value, converter);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a value into an array of its own.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="context">Knows the converter.</param>
    /// <exception cref="MessagePackException">The value has no form in MessagePack.</exception>
    /// <exception cref="UnknownPayloadTypeException">The context does not know the type.</exception>
    public static byte[] Serialize<T>(T value, PayloadContext context) => Serialize(value, Find<T>(context));

    /// <summary>Reads a document.</summary>
    /// <param name="document">The value and nothing else.</param>
    /// <param name="converter">How.</param>
    /// <param name="options">What it may ask for; <see cref="MessagePackReaderOptions.Default"/> when null.</param>
    /// <exception cref="MessagePackException">The document is malformed or not one of this type.</exception>
    public static T Deserialize<T>(
        ReadOnlySpan<byte> document,
        PayloadConverter<T> converter,
        MessagePackReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(converter);
        var reader = new MessagePackReader(document, options);
        T value = converter.Read(ref reader);
        reader.EnsureEnd();
        return value;
    }

    /// <summary>Reads a document.</summary>
    /// <param name="document">The value and nothing else.</param>
    /// <param name="context">Knows the converter.</param>
    /// <param name="options">What it may ask for; <see cref="MessagePackReaderOptions.Default"/> when null.</param>
    /// <exception cref="MessagePackException">The document is malformed or not one of this type.</exception>
    /// <exception cref="UnknownPayloadTypeException">The context does not know the type.</exception>
    public static T Deserialize<T>(
        ReadOnlySpan<byte> document,
        PayloadContext context,
        MessagePackReaderOptions? options = null) =>
        Deserialize(document, Find<T>(context), options);

    private static PayloadConverter<T> Find<T>(PayloadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetConverter<T>() ?? throw new UnknownPayloadTypeException(typeof(T), PayloadFormat.MessagePack);
    }
}
