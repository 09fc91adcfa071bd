using System.Text.Json.Serialization;

namespace Plugins.Host.Tests.Support;

[JsonSerializable(typeof(Order))]
internal sealed partial class OrderJson : JsonSerializerContext;
