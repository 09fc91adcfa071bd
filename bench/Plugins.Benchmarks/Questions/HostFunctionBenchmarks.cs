using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Plugins.Benchmarks.Guests;
using Plugins.Host.Capabilities;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Questions;

/// <summary>What does a guest's call of a host function cost, the guest's loop around it included?</summary>
[MemoryDiagnoser]
public class HostFunctionBenchmarks
{
    /// <summary>Calls that one invocation makes.</summary>
    public const int Calls = 10_000;

    private readonly byte[] _count = new byte[sizeof(int)];
    private readonly Func<int, int, int> _delegate = (a, b) => a + b;
    private Store? _store;
    private GuestPlugin? _guest;
    private GuestPlugin? _async;
    private Action<int>? _callNothing;
    private Func<int, int>? _callAdd;

    [GlobalSetup]
    public void SetUp()
    {
        _store = new Store();
        var instance = new Instance(_store, Module.Compile(GuestFile.Engine), EngineImports.Create());
        _callNothing = instance.GetFunction("call_nothing").CreateDelegate<Action<int>>();
        _callAdd = instance.GetFunction("call_add").CreateDelegate<Func<int, int>>();
        _guest = new GuestPlugin(GuestFile.Small, "empty", "echo", "ask");
        _async = new GuestPlugin(
            GuestFile.Small,
            options => options.AddFunction(
                GuestPlugin.Capability,
                (context, request, result, token) => ValueTask.FromResult(CapabilityStatus.Success)),
            "ask");
        BinaryPrimitives.WriteInt32LittleEndian(_count, Calls);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        _guest!.Dispose();
        _async!.Dispose();
        _store!.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public int Delegate()
    {
        int sum = 0;
        for (int i = 0; i < Calls; i++)
        {
            sum = _delegate(sum, i);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public void WithoutArguments() => _callNothing!(Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public int WithTwoArguments() => _callAdd!(Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void Capability() => _guest!.Session.Call("ask", _count);

    [Benchmark(OperationsPerInvoke = Calls)]
    public void AsyncCapability() => _async!.Session.Call("ask", _count);
}
