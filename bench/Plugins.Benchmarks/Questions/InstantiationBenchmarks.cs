using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does a store with an instance of one page cost, from making it to giving its memory back?</summary>
[MemoryDiagnoser]
public class InstantiationBenchmarks
{
    private readonly Module _module = Module.Compile(GuestFile.Engine);
    private readonly Imports _imports = EngineImports.Create();

    [Benchmark(Baseline = true)]
    public unsafe void ZeroedPage() => NativeMemory.Free(NativeMemory.AllocZeroed(LinearMemory.PageBytes));

    [Benchmark]
    public void StoreAndInstance()
    {
        using var store = new Store();
        _ = new Instance(store, _module, _imports);
    }
}
