using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does a guest's garbage-collected object cost, beside one of C#?</summary>
/// <remarks>Binary trees of a depth of 16: some fifteen million small objects, of which few live long.</remarks>
[MemoryDiagnoser]
public class TreeBenchmarks
{
    private const int Depth = 16;

    private Store? _store;
    private Func<int, int>? _run;
    private Func<int, int>? _runMetered;

    [GlobalSetup]
    public void SetUp()
    {
        _store = new Store { FuelRemaining = long.MaxValue };
        _run = Compile(meterFuel: false);
        _runMetered = Compile(meterFuel: true);
    }

    [GlobalCleanup]
    public void CleanUp() => _store!.Dispose();

    [Benchmark(Baseline = true)]
    public int CSharp() => Tree.Run(Depth);

    [Benchmark]
    public int Guest() => _run!(Depth);

    [Benchmark]
    public int GuestWithFuel() => _runMetered!(Depth);

    private Func<int, int> Compile(bool meterFuel)
    {
        Module module = Module.Compile(
            TextFormat.ToBinary(GuestFile.Trees),
            new ModuleOptions { Mode = ExecutionMode.Compiled, MeterFuel = meterFuel });
        return new Instance(_store!, module).GetFunction("run").CreateDelegate<Func<int, int>>();
    }
}
