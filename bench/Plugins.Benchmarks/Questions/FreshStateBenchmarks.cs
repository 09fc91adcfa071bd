using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does it cost to bring the state after initialisation back, against copying the memory?</summary>
[MemoryDiagnoser]
public class FreshStateBenchmarks
{
    private byte[] _copy = [];
    private Store? _store;
    private Instance? _instance;
    private InstanceSnapshot? _snapshot;

    [Params(1, 3, 17)]
    public int Pages { get; set; }

    private Span<byte> Memory => _instance!.GetMemory("memory").GetSpan(0, _copy.Length);

    [GlobalSetup]
    public void SetUp()
    {
        _copy = new byte[Pages * LinearMemory.PageBytes];
        _store = new Store();
        _instance = new Instance(_store, Module.Compile(SampleModule.OfPages(Pages)));

        // Not zero anywhere, so that nothing is left out of the image.
        Memory.Fill(1);
        _snapshot = _instance.CaptureSnapshot();
    }

    [GlobalCleanup]
    public void CleanUp() => _store!.Dispose();

    [Benchmark(Baseline = true)]
    public void CopyOfMemory() => _copy.CopyTo(Memory);

    [Benchmark]
    public void Restore() => _instance!.Restore(_snapshot!);
}
