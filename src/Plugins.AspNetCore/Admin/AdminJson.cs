using System.Text.Json.Serialization;

namespace Plugins.AspNetCore.Admin;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PluginReport))]
[JsonSerializable(typeof(IEnumerable<PluginReport>))]
internal sealed partial class AdminJson : JsonSerializerContext;
