using System.Text.Json.Serialization;

namespace Plugins.Pdk.Tests.Guest;

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(int))]
internal sealed partial class OrderJson : JsonSerializerContext;
