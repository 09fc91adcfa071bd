using System.Text.Json.Serialization;

namespace Plugins.Host.Tests.Payloads.Support;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ParcelLine))]
internal sealed partial class CamelJson : JsonSerializerContext;
