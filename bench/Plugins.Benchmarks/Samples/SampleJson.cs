using System.Text.Json.Serialization;

namespace Plugins.Benchmarks.Samples;

[JsonSerializable(typeof(SampleOrder))]
[JsonSerializable(typeof(List<SampleOrder>))]
[JsonSerializable(typeof(double[]))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class SampleJson : JsonSerializerContext;
