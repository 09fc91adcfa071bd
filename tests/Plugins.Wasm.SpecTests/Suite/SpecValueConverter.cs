using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Wasm.SpecTests.Suite;

/// <summary>Reads a value, whose form depends on its type.</summary>
internal sealed class SpecValueConverter : JsonConverter<SpecValue>
{
    public override SpecValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return Read(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, SpecValue value, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    private static SpecValue Read(JsonElement element)
    {
        string type = element.GetProperty("type").GetString() ?? "";
        return type switch
        {
            "either" => new SpecValue(type, null)
            {
                Choices = [.. element.GetProperty("values").EnumerateArray().Select(Read)],
            },
            "v128" => new SpecValue(type, null)
            {
                LaneType = element.GetProperty("lane_type").GetString() ?? "",
                Lanes = [.. element.GetProperty("value").EnumerateArray().Select(lane => lane.GetString() ?? "")],
            },
            _ => new SpecValue(type, element.TryGetProperty("value", out JsonElement value) ? value.GetString() : null),
        };
    }
}
