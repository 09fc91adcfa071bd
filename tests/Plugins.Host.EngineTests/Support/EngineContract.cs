using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Host.EngineTests.Support;

/// <summary>What every engine has to pass, through the seam alone; run once for each engine.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal abstract class EngineContract(TestedEngine tested)
{
    protected const string Host = "host";
    protected const long Plenty = 1_000_000_000;
    protected const int PageBytes = LinearMemory.PageBytes;

    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    protected static readonly EngineLimits Limits = new(256, 10_000, 512 * 1024, 2_000);

    private readonly List<IEngineInstance> _instances = [];

    protected IPluginEngine Engine => tested.Engine;

    protected EngineTraits Traits => tested.Traits;

    [TearDown]
    public void DisposeInstances()
    {
        _instances.ForEach(instance => instance.Dispose());
        _instances.Clear();
    }

    protected static HostImport Import(string name, Delegate function) => new(Host, name, function);

    protected IEngineModule Compile(ModuleBuilder module, bool meterFuel = true) =>
        Engine.Compile(module.Build(), ModuleLimits.Default, meterFuel);

    /// <summary>An instance with fuel but no code yet, disposed after the test.</summary>
    protected IEngineInstance Create(ModuleBuilder module, EngineLimits? limits = null, bool meterFuel = true) =>
        Create(Compile(module, meterFuel), limits);

    protected IEngineInstance Create(IEngineModule module, EngineLimits? limits = null)
    {
        var instance = module.CreateInstance(limits ?? Limits);
        _instances.Add(instance);
        instance.Fuel = Plenty;
        return instance;
    }

    protected IEngineInstance Instantiate(ModuleBuilder module, params HostImport[] imports) =>
        Instantiate(module, Limits, imports);

    protected IEngineInstance Instantiate(ModuleBuilder module, EngineLimits limits, params HostImport[] imports)
    {
        var instance = Create(module, limits);
        instance.Instantiate(imports);
        return instance;
    }

    /// <summary>What an action ends with, or null.</summary>
    protected static Exception? ExceptionOf(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    /// <summary>The fault that an action is sure to end with.</summary>
    protected EngineFault FaultOf(Action action)
    {
        var exception = Assert.Catch(() => action())!;
        return Engine.Describe(exception) ?? throw new AssertionException($"Not a fault of the engine: {exception}");
    }

    protected TrapCode TrapOf(Action action)
    {
        var fault = FaultOf(action);
        Assert.That(fault.Kind, Is.EqualTo(EngineFaultKind.Trap));
        return fault.Trap;
    }
}
