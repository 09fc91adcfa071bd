using System.Text;
using System.Text.Json;
using Plugins.Payloads.MessagePack;

namespace Plugins.Payloads.Generator.Tests.Support;

/// <summary>
/// A document's names and nesting, without its values: what JSON and MessagePack must have in common.
/// </summary>
internal static class Outline
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object =>
            Join('{', value.EnumerateObject().Select(member => member.Name + Of(member.Value)), '}'),
        JsonValueKind.Array => Join('[', value.EnumerateArray().Select(Of), ']'),
        JsonValueKind.Null => "-",
        _ => "",
    };

    public static string Of(byte[] document)
    {
        var reader = new MessagePackReader(document);
        string outline = Of(ref reader);
        reader.EnsureEnd();
        return outline;
    }

    private static string Of(ref MessagePackReader reader)
    {
        switch (reader.NextType)
        {
            case MessagePackType.Map:
                return OfMap(ref reader);
            case MessagePackType.Array:
                return OfArray(ref reader);
            case MessagePackType.Nil:
                reader.Skip();
                return "-";
            default:
                reader.Skip();
                return "";
        }
    }

    private static string OfMap(ref MessagePackReader reader)
    {
        List<string> parts = [];
        for (int left = reader.ReadMapHeader(); left > 0; left--)
        {
            string key = reader.NextType is MessagePackType.Integer
                ? reader.ReadInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)
                : Encoding.UTF8.GetString(reader.ReadStringSpan());
            parts.Add(key + Of(ref reader));
        }

        reader.EndContainer();
        return Join('{', parts, '}');
    }

    private static string OfArray(ref MessagePackReader reader)
    {
        List<string> parts = [];
        int left = reader.ReadArrayHeader();
        bool isTime = left > 0 && reader.NextType is MessagePackType.Extension;
        for (; left > 0; left--)
        {
            parts.Add(Of(ref reader));
        }

        // A time with its offset is two values in MessagePack, and one text in JSON.
        reader.EndContainer();
        return isTime ? "" : Join('[', parts, ']');
    }

    private static string Join(char open, IEnumerable<string> parts, char close) =>
        $"{open}{string.Join(',', parts)}{close}";
}
