using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plugins.Manifest.Signing;

internal sealed partial record SignatureFile
{
    public static JsonWriterOptions WriterOptions => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] ToBundle()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", BundleMediaType);
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", Signatures[0].KeyHint);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WritePropertyName("dsseEnvelope");
            WriteEnvelope(json, withKeyId: false);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public byte[] ToEnvelope()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            WriteEnvelope(json, withKeyId: true);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteEnvelope(Utf8JsonWriter json, bool withKeyId)
    {
        json.WriteStartObject();
        json.WriteString("payloadType", PayloadType);
        json.WriteBase64String("payload", Payload);
        json.WriteStartArray("signatures");
        foreach (var signature in Signatures)
        {
            json.WriteStartObject();
            json.WriteBase64String("sig", signature.Bytes);
            if (withKeyId && signature.KeyHint is not null)
            {
                json.WriteString("keyid", signature.KeyHint);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
