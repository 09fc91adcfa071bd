using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Plugins.Host.Payloads.Json;

/// <summary>Reads a collection into a safe one first, and makes the one that was asked for of that.</summary>
internal sealed class CollectedConverter<TSafe, TCollection>(
    JsonTypeInfo<TSafe> safe, Func<TSafe, TCollection> convert) : JsonConverter<TCollection>
    where TSafe : class
{
    public override TCollection? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, safe) is { } collected ? convert(collected) : default;

    public override void Write(Utf8JsonWriter writer, TCollection value, JsonSerializerOptions options) =>
        throw new NotSupportedException("These options are for reading.");
}
