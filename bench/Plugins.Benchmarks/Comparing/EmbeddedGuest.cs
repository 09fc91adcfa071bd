using Plugins.Benchmarks.Guests;
using Plugins.Benchmarks.Kernels;
using Plugins.Wasm;

namespace Plugins.Benchmarks.Comparing;

/// <summary>The embedded engine by its own public interface.</summary>
internal sealed class EmbeddedGuest : IRawGuest
{
    private readonly Module _module;
    private readonly ModuleOptions _options;
    private readonly Imports _imports = EngineImports.Create();
    private readonly Store _store = new() { FuelRemaining = long.MaxValue };
    private readonly Action _nothing;
    private readonly Func<int, int> _callAdd;

    internal EmbeddedGuest(bool meters)
    {
        _options = new ModuleOptions { MeterFuel = meters };
        _module = Module.Compile(GuestFile.Engine, _options);
        var instance = new Instance(_store, _module, _imports);
        _nothing = instance.GetFunction("nothing").CreateDelegate<Action>();
        _callAdd = instance.GetFunction("call_add").CreateDelegate<Func<int, int>>();
    }

    internal static int FirstResult(byte[] module, bool meters)
    {
        using var store = new Store { FuelRemaining = long.MaxValue };
        var instance = new Instance(store, Module.Compile(module, new ModuleOptions { MeterFuel = meters }));
        return instance.GetFunction("few").CreateDelegate<Func<int, int>>()(1);
    }

    public Func<string, int, double> LoadKernels(byte[] module)
    {
        Instance instance = KernelRun.Load(_store, module, _options);
        return (name, size) => instance.GetFunction(name).CreateDelegate<Func<int, double>>()(size);
    }

    public void CallMany()
    {
        for (int i = 0; i < IRawGuest.Calls; i++)
        {
            _nothing();
        }

        _store.FuelRemaining = long.MaxValue;
    }

    public void CallHostMany()
    {
        _callAdd(IRawGuest.Calls);
        _store.FuelRemaining = long.MaxValue;
    }

    public void Instantiate()
    {
        using var store = new Store();
        _ = new Instance(store, _module, _imports);
    }

    public void Dispose() => _store.Dispose();
}
