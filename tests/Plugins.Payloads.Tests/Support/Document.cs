using System.Buffers;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Tests.Support;

/// <summary>Documents as hexadecimal text, with or without separators.</summary>
internal static class Document
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(string.Concat(hex.Where(char.IsAsciiHexDigit)));

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static T Read<T>(string hex, Reading<T> read, MessagePackReaderOptions? options = null) =>
        Read(Bytes(hex), read, options);

    public static T Read<T>(byte[] bytes, Reading<T> read, MessagePackReaderOptions? options = null)
    {
        var reader = new MessagePackReader(bytes, options);
        T value = read(ref reader);
        reader.EnsureEnd();
        return value;
    }

    public static T Read<T>(string hex, PayloadConverter<T> converter) =>
        MessagePackSerializer.Deserialize(Bytes(hex), converter);

    public static MessagePackException Refused<T>(
        string hex,
        Reading<T> read,
        MessagePackReaderOptions? options = null) => Refused(() => Read(Bytes(hex), read, options));

    public static MessagePackException Refused<T>(string hex, PayloadConverter<T> converter) =>
        Refused(() => Read(hex, converter));

    public static MessagePackException Refused(Action action)
    {
        try
        {
            action();
        }
        catch (MessagePackException exception)
        {
            return exception;
        }

        throw new AssertionException("It was not refused.");
    }

    public static string Write(Writing write)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        write(ref writer);
        writer.Flush();
        return Hex(output.WrittenSpan);
    }

    public static string Write<T>(T value, PayloadConverter<T> converter) =>
        Hex(MessagePackSerializer.Serialize(value, converter));

    /// <summary>One array in another, so many of them.</summary>
    public static string Nested(int depth) => string.Concat(Enumerable.Repeat("91", depth - 1)) + "90";
}
