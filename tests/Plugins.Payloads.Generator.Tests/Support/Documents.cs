using System.Buffers;
using System.Collections;
using Plugins.Payloads.Generator.Tests.Samples;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests.Support;

/// <summary>Writes and reads samples, and builds documents that no sample would give.</summary>
internal static class Documents
{
    public static byte[] Write<T>(T value) => MessagePackSerializer.Serialize(value, ContextOf<T>());

    public static T Read<T>(byte[] document) => MessagePackSerializer.Deserialize<T>(document, ContextOf<T>());

    public static T Read<T>(params (object Key, object? Value)[] pairs) => Read<T>(Map(pairs));

    /// <summary>A map of strings, numbers, null, bytes, arrays and other maps.</summary>
    public static byte[] Map(params (object Key, object? Value)[] pairs)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        Write(ref writer, pairs);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>What reading the document as <typeparamref name="T"/> is refused with.</summary>
    public static MessagePackException Refusal<T>(byte[] document) =>
        Assert.Throws<MessagePackException>(() => Read<T>(document))!;

    public static MessagePackException Refusal<T>(params (object Key, object? Value)[] pairs) => Refusal<T>(Map(pairs));

    private static PayloadContext ContextOf<T>() =>
        ShopPayloads.Default.GetConverter<T>() is null ? StrictPayloads.Default : ShopPayloads.Default;

    private static void Write(ref MessagePackWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case int number:
                writer.WriteInt32(number);
                break;
            case bool boolean:
                writer.WriteBoolean(boolean);
                break;
            case double number:
                writer.WriteDouble(number);
                break;
            case string text:
                writer.WriteString(text);
                break;
            case (object Key, object? Value)[] pairs:
                WriteMap(ref writer, pairs);
                break;
            case IList items:
                WriteArray(ref writer, items);
                break;
            default:
                throw new ArgumentException(value.GetType().Name, nameof(value));
        }
    }

    private static void WriteMap(ref MessagePackWriter writer, (object Key, object? Value)[] pairs)
    {
        writer.WriteMapHeader(pairs.Length);
        foreach ((object key, object? value) in pairs)
        {
            Write(ref writer, key);
            Write(ref writer, value);
        }

        writer.EndContainer();
    }

    private static void WriteArray(ref MessagePackWriter writer, IList items)
    {
        writer.WriteArrayHeader(items.Count);
        foreach (object? item in items)
        {
            Write(ref writer, item);
        }

        writer.EndContainer();
    }
}
