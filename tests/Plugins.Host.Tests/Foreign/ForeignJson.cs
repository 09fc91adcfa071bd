using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Reads and writes a number with a converter of the application's own.</summary>
internal sealed class ForeignJson(ForeignScene scene) : JsonConverter<int>
{
    internal static JsonTypeInfo<int> Describe(ForeignScene scene)
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() };
        return JsonMetadataServices.CreateValueInfo<int>(options, new ForeignJson(scene));
    }

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        scene.At(ForeignPlaces.JsonRead);
        return reader.GetInt32();
    }

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options)
    {
        scene.At(ForeignPlaces.JsonWrite);
        writer.WriteNumberValue(value);
    }
}
