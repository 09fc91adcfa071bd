using System.Text.Json;
using System.Text.Json.Serialization;

namespace QuickStart;

/// <summary>Reads <see cref="Counts"/> without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Counts))]
internal sealed partial class CountsJson : JsonSerializerContext;
