using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Plugins.Pdk.Runtime;

namespace Plugins.Pdk.Web;

/// <summary>The messages of <c>http.send</c> (docs/abi.md): u32 length of the head, head in JSON, body.</summary>
internal static class HttpMessages
{
    private const int PrefixBytes = sizeof(uint);

    internal static byte[] Write(HttpRequest request)
    {
        var head = new ArrayBufferWriter<byte>();
        WriteHead(head, request);
        var message = new byte[checked(PrefixBytes + head.WrittenCount + request.Body.Length)];
        BinaryPrimitives.WriteUInt32LittleEndian(message, (uint)head.WrittenCount);
        head.WrittenSpan.CopyTo(message.AsSpan(PrefixBytes));
        request.Body.Span.CopyTo(message.AsSpan(PrefixBytes + head.WrittenCount));
        return message;
    }

    internal static HttpResponse Read(byte[] message)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(message, out uint length)
            || length > message.Length - PrefixBytes)
        {
            throw new InvalidReplyException(CapabilityNames.HttpSend);
        }

        int end = PrefixBytes + (int)length;
        try
        {
            var reader = new Utf8JsonReader(message.AsSpan(PrefixBytes, (int)length));
            (int status, IReadOnlyList<KeyValuePair<string, string>> headers) = ReadHead(ref reader);
            return new HttpResponse(status, headers, message.AsMemory(end));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidReplyException(CapabilityNames.HttpSend, exception);
        }
    }

    private static void WriteHead(IBufferWriter<byte> head, HttpRequest request)
    {
        using var writer = new Utf8JsonWriter(head);
        writer.WriteStartObject();
        writer.WriteString("method", request.Method);
        writer.WriteString("url", request.Url);
        writer.WriteStartArray("headers");
        foreach ((string name, string value) in request.Headers)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(name);
            writer.WriteStringValue(value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static (int Status, IReadOnlyList<KeyValuePair<string, string>> Headers) ReadHead(ref Utf8JsonReader reader)
    {
        int? status = null;
        List<KeyValuePair<string, string>> headers = [];
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("status"u8))
            {
                Expect(ref reader, JsonTokenType.Number);
                status = reader.GetInt32();
            }
            else if (reader.ValueTextEquals("headers"u8))
            {
                ReadHeaders(ref reader, headers);
            }
            else
            {
                reader.Skip();
            }
        }

        return reader.Read() || status is null ? throw new FormatException() : (status.Value, headers);
    }

    private static void ReadHeaders(ref Utf8JsonReader reader, List<KeyValuePair<string, string>> headers)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) == JsonTokenType.StartArray)
        {
            headers.Add(new(ReadString(ref reader), ReadString(ref reader)));
            Expect(ref reader, JsonTokenType.EndArray);
        }

        Require(reader.TokenType == JsonTokenType.EndArray);
    }

    private static string ReadString(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.GetString() ?? "";
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type) => Require(Next(ref reader) == type);

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new FormatException();
        }
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) =>
        reader.Read() ? reader.TokenType : throw new FormatException();
}
