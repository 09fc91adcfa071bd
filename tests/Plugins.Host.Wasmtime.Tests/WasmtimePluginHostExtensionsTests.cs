using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plugins.Host.Wasmtime.Errors;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests;

internal sealed class WasmtimePluginHostExtensionsTests
{
    [Test]
    public void Options_UsingWasmtime_RunPluginsOnIt()
    {
        var module = Repository.Read("examples/Pdk-C/shout/plugin.wasm");
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true }.UseWasmtime());
        using var plugin = host.LoadUnsigned(module, Manifests.Of(module, "shout"));
        Assert.That(plugin.CallText("shout", "hello").Value, Is.EqualTo("HELLO!"));
    }

    [Test]
    public void Services_UsingWasmtime_HaveOneEngineAndDisposeIt()
    {
        var services = Build();
        var engine = services.GetRequiredService<IOptions<PluginHostOptions>>().Value.Engine;
        Assert.That(engine, Is.SameAs(services.GetRequiredService<WasmtimeEngine>()));
        Assert.That(services.GetRequiredService<PluginHost>(), Is.Not.Null);
        services.Dispose();
        Assert.That(
            () => ((WasmtimeEngine)engine).Compile(new Wasm.Tests.Support.ModuleBuilder()),
            Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Services_WithoutTheLibrary_SayWhereItWasLookedFor()
    {
        using var services = Build(new WasmtimeEngineOptions { LibraryPath = "/nowhere/libwasmtime.so" });
        Assert.That(
            () => services.GetRequiredService<PluginHost>(), Throws.TypeOf<WasmtimeLibraryMissingException>());
    }

    private static ServiceProvider Build(WasmtimeEngineOptions? engine = null)
    {
        var services = new ServiceCollection();
        services.AddPlugins(options => options.AllowUnsigned = true).UseWasmtime(engine);
        return services.BuildServiceProvider();
    }
}
