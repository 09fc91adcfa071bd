using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Samples;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does it cost to write and to read MessagePack, against System.Text.Json on the same objects?</summary>
[MemoryDiagnoser]
public class PayloadBenchmarks
{
    private PayloadCase? _case;

    [Params(
        PayloadContent.SmallOrder,
        PayloadContent.ThousandOrders,
        PayloadContent.Doubles,
        PayloadContent.Integers,
        PayloadContent.Strings)]
    public PayloadContent Content { get; set; }

    [GlobalSetup]
    public void SetUp() => _case = PayloadCase.Create(Content);

    [Benchmark(Baseline = true)]
    public void WriteJson() => _case!.WriteJson();

    [Benchmark]
    public void WriteMessagePack() => _case!.WriteMessagePack();

    [Benchmark]
    public void ReadJson() => _case!.ReadJson();

    [Benchmark]
    public void ReadMessagePack() => _case!.ReadMessagePack();
}
