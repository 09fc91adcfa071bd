using System.Buffers;
using Plugins.Host.MessagePack.Documents;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Support;

/// <summary>Documents as hexadecimal text, and what becomes of them.</summary>
internal static class Hex
{
    internal static MessagePackPayloadFormat Format { get; } = new();

    internal static byte[] Bytes(string hex) => Convert.FromHexString(
        hex.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal));

    internal static string Write<T>(T value, MessagePackPayloadFormat? format = null) =>
        Convert.ToHexStringLower(WriteBytes(value, format));

    internal static byte[] WriteBytes<T>(T value, MessagePackPayloadFormat? format = null)
    {
        var output = new ArrayBufferWriter<byte>();
        (format ?? Format).Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    internal static T Read<T>(string hex, MessagePackPayloadFormat? format = null) => Read<T>(Bytes(hex), format);

    internal static T Read<T>(byte[] document, MessagePackPayloadFormat? format = null) =>
        (format ?? Format).Read<T>(new PayloadDocument(document));

    internal static void Check(byte[] document, MessagePackPayloadOptions? limits = null) =>
        DocumentCheck.Run(new PayloadDocument(document), limits ?? MessagePackPayloadOptions.Default, typeof(object));

    internal static MessagePackPayloadException Refused(byte[] document, MessagePackPayloadOptions? limits = null) =>
        Assert.Throws<MessagePackPayloadException>(() => Check(document, limits))!;

    internal static MessagePackPayloadException Refused<T>(string hex) =>
        Assert.Throws<MessagePackPayloadException>(() => Read<T>(hex))!;
}
