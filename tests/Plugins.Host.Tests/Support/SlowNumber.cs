using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plugins.Host.Tests.Support;

/// <summary>A number whose reading does what a test says.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct SlowNumber(int Value)
{
    [field: ThreadStatic]
    internal static Action<int>? OnRead { get; set; }

    internal sealed class Converter : JsonConverter<SlowNumber>
    {
        public override SlowNumber Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var number = new SlowNumber(reader.GetInt32());
            OnRead?.Invoke(number.Value);
            return number;
        }

        public override void Write(Utf8JsonWriter writer, SlowNumber value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Value);
    }
}
