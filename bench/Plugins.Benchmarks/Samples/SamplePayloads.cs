using Plugins.Payloads;

namespace Plugins.Benchmarks.Samples;

[PayloadSerializable(typeof(SampleOrder))]
[PayloadSerializable(typeof(List<SampleOrder>))]
[PayloadSerializable(typeof(double[]))]
[PayloadSerializable(typeof(int[]))]
[PayloadSerializable(typeof(string[]))]
internal sealed partial class SamplePayloads : PayloadContext;
