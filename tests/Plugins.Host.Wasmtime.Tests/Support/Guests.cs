using Plugins.Host.Engines;
using Plugins.Wasm;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests.Support;

/// <summary>Short ways from a module builder to something that runs.</summary>
internal static class Guests
{
    public const string Host = "host";

    public static EngineLimits Limits { get; } = new(256, 10_000, 512 * 1024, 2_000);

    public static IEngineModule Compile(this IPluginEngine engine, ModuleBuilder module, bool meterFuel = true) =>
        engine.Compile(module.Build(), ModuleLimits.Default, meterFuel);

    public static IEngineInstance Instantiate(
        this IPluginEngine engine, ModuleBuilder module, params HostImport[] imports) =>
        engine.Compile(module).Start(imports);

    /// <summary>An instance with plenty of fuel; whoever asks for it disposes it, or its finalizer does.</summary>
    public static IEngineInstance Start(this IEngineModule module, params HostImport[] imports)
    {
        var instance = module.CreateInstance(Limits);
        instance.Fuel = long.MaxValue;
        instance.Instantiate(imports);
        return instance;
    }

    public static int Run(this IEngineInstance instance, string export = "run") => instance.GetFunction(export)();

    /// <summary>The fault that an action is sure to end with.</summary>
    public static EngineFault FaultOf(this IPluginEngine engine, Action action)
    {
        var exception = Assert.Catch(() => action())!;
        return engine.Describe(exception) ?? throw new AssertionException($"Not a fault of the engine: {exception}");
    }

    public static HostImport Import(string name, Delegate function) => new(Host, name, function);
}
