using System.Text.Json.Serialization;

namespace Plugins.Host.Tests.Support;

[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(List<SlowNumber>))]
[JsonSerializable(typeof(Dictionary<long, int>))]
internal sealed partial class ReadingJson : JsonSerializerContext;
