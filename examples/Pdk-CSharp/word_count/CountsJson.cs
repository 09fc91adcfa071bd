using System.Text.Json.Serialization;

namespace WordCount;

/// <summary>How the answer becomes JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counts))]
public sealed partial class CountsJson : JsonSerializerContext;
