using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>How long is it from a module's bytes to its first result, in a process that has loaded others?</summary>
[MemoryDiagnoser]
public class FirstResultBenchmarks
{
    private byte[] _module = [];

    [Params(20, 200)]
    public int Kilobytes { get; set; }

    [GlobalSetup]
    public void SetUp() => _module = SampleModule.OfSize(Kilobytes * 1_000);

    [Benchmark(Baseline = true)]
    public void ValidateOnly() => Module.Validate(_module);

    [Benchmark]
    public void CompileOnly() => Module.Compile(_module);

    [Benchmark]
    public int CallingFewFunctions() => Run(_module, "few");

    [Benchmark]
    public int CallingAllFunctions() => Run(_module, "all");

    internal static int Run(byte[] module, string function)
    {
        using var store = new Store();
        var instance = new Instance(store, Module.Compile(module));
        return instance.GetFunction(function).CreateDelegate<Func<int, int>>()(1);
    }
}
