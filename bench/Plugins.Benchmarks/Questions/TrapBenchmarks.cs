using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does a trap cost, at the first call and below ten thousand of them?</summary>
[MemoryDiagnoser]
public class TrapBenchmarks
{
    private readonly Exception _exception = new InvalidOperationException();
    private Store? _store;
    private Action? _fail;
    private Func<int, int>? _recurse;

    [GlobalSetup]
    public void SetUp()
    {
        _store = new Store();
        var instance = new Instance(_store, Module.Compile(GuestFile.Engine), EngineImports.Create());
        _fail = instance.GetFunction("fail").CreateDelegate<Action>();
        _recurse = instance.GetFunction("recurse").CreateDelegate<Func<int, int>>();
    }

    [GlobalCleanup]
    public void CleanUp() => _store!.Dispose();

    [Benchmark(Baseline = true)]
    public void ThrowAndCatch() => Catch(Throw);

    [Benchmark]
    public void ShallowTrap() => Catch(_fail!);

    [Benchmark]
    public void TrapAtFullDepth() => Catch(() => _recurse!(1));

    private static void Catch(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is TrapException or InvalidOperationException)
        {
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Throw() => throw _exception;
}
