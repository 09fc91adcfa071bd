using System.Text.Json.Serialization;

namespace Plugins.Payloads.Tests.Samples;

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(int?))]
internal sealed partial class SampleJsonContext : JsonSerializerContext;
