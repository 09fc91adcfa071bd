using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Tests.Foreign;

/// <summary>Writes a number, and refuses to read one.</summary>
internal sealed class ThrowingConverter(Exception exception) : JsonConverter<int>
{
    internal static JsonTypeInfo<int> Describe(Exception exception)
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = JsonTypeInfoResolver.Combine() };
        return JsonMetadataServices.CreateValueInfo<int>(options, new ThrowingConverter(exception));
    }

    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw exception;

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(value);
}
