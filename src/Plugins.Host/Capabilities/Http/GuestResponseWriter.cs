using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Plugins.Host.Capabilities.Http;

/// <summary>Writes the result of <c>http.send</c> (docs/abi.md): u32 length of the head, head in JSON, body.</summary>
internal static class GuestResponseWriter
{
    internal static void Write(GuestResponse response, IBufferWriter<byte> result)
    {
        var head = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(head))
        {
            writer.WriteStartObject();
            writer.WriteNumber("status", response.Status);
            writer.WriteStartArray("headers");
            foreach (var (name, value) in response.Headers)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                writer.WriteStringValue(value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        BinaryPrimitives.WriteUInt32LittleEndian(result.GetSpan(sizeof(uint)), (uint)head.WrittenCount);
        result.Advance(sizeof(uint));
        result.Write(head.WrittenSpan);
        result.Write(response.Body.Span);
    }
}
