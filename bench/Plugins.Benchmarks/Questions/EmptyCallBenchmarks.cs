using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does a call cost that does nothing?</summary>
[MemoryDiagnoser]
public class EmptyCallBenchmarks
{
    private readonly Action _delegate = DoNothing;
    private Store? _store;
    private GuestPlugin? _guest;
    private Action? _function;

    [GlobalSetup]
    public void SetUp()
    {
        _store = new Store();
        var instance = new Instance(_store, Module.Compile(GuestFile.Engine), EngineImports.Create());
        _function = instance.GetFunction("nothing").CreateDelegate<Action>();
        _guest = new GuestPlugin(GuestFile.Small, "empty", "echo", "ask");
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _guest!.Dispose();
        _store!.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void Delegate() => _delegate();

    [Benchmark]
    public void EngineFunction() => _function!();

    [Benchmark]
    public void Session() => _guest!.Session.Call("empty", default);

    [Benchmark]
    public void FreshState() => _guest!.Plugin.Call("empty", default);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DoNothing()
    {
    }
}
