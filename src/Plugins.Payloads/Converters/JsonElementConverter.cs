using System.Buffers;
using System.Text.Json;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Converts any value that JSON has, where the type is not known beforehand.</summary>
/// <remarks>
/// Safe for use by many threads. Reading turns binary into base64 and timestamps into text of RFC 3339; maps with keys
/// other than strings, numbers that are not finite and other extensions have no form in JSON and are refused.
/// </remarks>
public sealed class JsonElementConverter : PayloadConverter<JsonElement>
{
    private const int DeepestJson = MessagePackReaderOptions.DeepestAllowed + 1;

    private JsonElementConverter()
    {
    }

    /// <summary>The one instance that is needed.</summary>
    public static JsonElementConverter Instance { get; } = new();

    /// <inheritdoc/>
    public override void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(ref writer, value);
                break;
            case JsonValueKind.Array:
                WriteArray(ref writer, value);
                break;
            case JsonValueKind.String:
                writer.WriteString(value.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteNumber(ref writer, value);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.ValueKind == JsonValueKind.True);
                break;
            case JsonValueKind.Null:
                writer.WriteNil();
                break;
            default:
                throw writer.Refuse(MessagePackProblem.UnexpectedNull);
        }
    }

    /// <inheritdoc/>
    public override JsonElement Read(ref MessagePackReader reader)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = DeepestJson }))
        {
            JsonTranscoder.Copy(ref reader, json);
        }

        var document = new Utf8JsonReader(output.WrittenSpan, new JsonReaderOptions { MaxDepth = DeepestJson });
        return JsonElement.ParseValue(ref document);
    }

    private static void WriteObject(ref MessagePackWriter writer, JsonElement value)
    {
        writer.WriteMapHeader(value.GetPropertyCount());
        foreach (JsonProperty property in value.EnumerateObject())
        {
            writer.WriteString(property.Name);
            Instance.Write(ref writer, property.Value);
        }

        writer.EndContainer();
    }

    private static void WriteArray(ref MessagePackWriter writer, JsonElement value)
    {
        writer.WriteArrayHeader(value.GetArrayLength());
        foreach (JsonElement element in value.EnumerateArray())
        {
            Instance.Write(ref writer, element);
        }

        writer.EndContainer();
    }

    /// <summary>As an integer where it is written as one and fits, otherwise in double precision.</summary>
    private static void WriteNumber(ref MessagePackWriter writer, JsonElement value)
    {
        if (value.TryGetInt64(out long signed))
        {
            writer.WriteInt64(signed);
        }
        else if (value.TryGetUInt64(out ulong unsigned))
        {
            writer.WriteUInt64(unsigned);
        }
        else
        {
            double number = value.GetDouble();
            writer.WriteDouble(double.IsFinite(number) ? number : throw writer.Refuse(MessagePackProblem.OutOfRange));
        }
    }
}
