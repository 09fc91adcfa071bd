using System.Text.Json.Serialization;

namespace NativeAot;

/// <summary>How the plugin's answer is read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Counts))]
internal sealed partial class WordCountJson : JsonSerializerContext;
