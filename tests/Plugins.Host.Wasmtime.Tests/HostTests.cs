using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Host.Wasmtime.Tests;

/// <summary>A host on this engine runs the example plugins.</summary>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class HostTests(string library)
{
    [Test]
    public void WordCount_OfAText_Counts()
    {
        var module = Repository.Read("examples/Pdk-C/word_count/plugin.wasm");
        var options = new PluginHostOptions { AllowUnsigned = true, Engine = TestEngines.For(library) };
        using var host = new PluginHost(options);
        using var plugin = host.LoadUnsigned(module, Manifests.Of(module, "word_count"));
        for (var round = 0; round < 3; round++)
        {
            var result = plugin.CallText("word_count", "Hello, world!");
            Assert.That(result.Value, Is.EqualTo("""{"words":2,"lines":1,"characters":13}"""));
        }
    }

    [Test]
    public void Session_WithoutAPlaceInThePool_IsRefusedWithItsOwnCode()
    {
        var module = Repository.Read("examples/Pdk-C/shout/plugin.wasm");
        using var engine = new WasmtimeEngine(TestEngines.Options(library) with
        {
            PooledInstances = 1,
        });
        using var host = new PluginHost(new PluginHostOptions { AllowUnsigned = true, Engine = engine });
        using var plugin = host.LoadUnsigned(module, Manifests.Of(module, "shout"));
        var refusal = Assert.Throws<PluginLimitException>(() => plugin.OpenSession())!;
        Assert.That((refusal.Code, refusal.Allowed), Is.EqualTo((PluginErrorCode.InstanceLimit, 1)));
        Assert.That(refusal.InnerException!.Message, Does.Contain(nameof(WasmtimeEngineOptions.PooledInstances)));
        Assert.That(plugin.CallText("shout", "still").Value, Is.EqualTo("STILL!"));
    }
}
