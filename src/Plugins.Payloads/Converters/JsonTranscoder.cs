using System.Globalization;
using System.Text.Json;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Converters;

/// <summary>Copies a MessagePack value into JSON.</summary>
internal static class JsonTranscoder
{
    private const string Rfc3339 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static void Copy(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (reader.NextType)
        {
            case MessagePackType.Nil:
                reader.TryReadNil();
                json.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer:
                CopyInteger(ref reader, json);
                break;
            case MessagePackType.Float:
                CopyFloat(ref reader, json);
                break;
            case MessagePackType.String:
                json.WriteStringValue(reader.ReadStringSpan());
                break;
            case MessagePackType.Binary:
                json.WriteBase64StringValue(reader.ReadBinary());
                break;
            case MessagePackType.Extension:
                json.WriteStringValue(TimeText(ref reader));
                break;
            case MessagePackType.Array:
                CopyArray(ref reader, json);
                break;
            default:
                CopyMap(ref reader, json);
                break;
        }
    }

    private static void CopyInteger(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        Int128 number = reader.ReadInt128();
        if (number < 0)
        {
            json.WriteNumberValue((long)number);
        }
        else
        {
            json.WriteNumberValue((ulong)number);
        }
    }

    private static void CopyFloat(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int start = reader.Position;
        double number = reader.ReadDouble();
        json.WriteNumberValue(
            double.IsFinite(number) ? number : throw reader.Refuse(MessagePackProblem.OutOfRange, start));
    }

    private static string TimeText(ref MessagePackReader reader)
    {
        int start = reader.Position;
        return reader.ReadTimestamp().TryGetUtcTicks(out long ticks)
            ? new DateTime(ticks, DateTimeKind.Utc).ToString(Rfc3339, CultureInfo.InvariantCulture)
            : throw reader.Refuse(MessagePackProblem.OutOfRange, start);
    }

    private static void CopyArray(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        for (int length = reader.ReadArrayHeader(); length > 0; length--)
        {
            Copy(ref reader, json);
        }

        reader.EndContainer();
        json.WriteEndArray();
    }

    private static void CopyMap(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (int count = reader.ReadMapHeader(); count > 0; count--)
        {
            int start = reader.Position;
            string key = reader.ReadString();
            if (!keys.Add(key))
            {
                throw reader.Refuse(MessagePackProblem.DuplicateKey, start, key);
            }

            json.WritePropertyName(key);
            Copy(ref reader, json);
        }

        reader.EndContainer();
        json.WriteEndObject();
    }
}
