using System.Text.Json.Serialization;

namespace Plugins.Host.Generator.Tests.Clients;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Cart))]
[JsonSerializable(typeof(Counts))]
[JsonSerializable(typeof(Quote))]
internal sealed partial class ShopJson : JsonSerializerContext;
