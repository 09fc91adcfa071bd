using Plugins.Host.Configuration;
using Plugins.Host.Engines;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;

namespace Plugins.Host.Tests.Configuration;

/// <summary>The section <c>EmbeddedEngine</c>.</summary>
internal sealed class EngineSettingsTests
{
    [Test]
    public void Options_OfANewHost_RunInTiers() => Assert.That(
        ((EmbeddedEngine)new PluginHostOptions().Engine).Options,
        Is.EqualTo(new EmbeddedEngineOptions
        {
            Mode = ExecutionMode.Tiered, CompilationTime = TimeSpan.FromSeconds(30),
        }));

    [Test]
    public void Section_WithModeAndTime_MakesAnEngineOfThem()
    {
        var options = Read("""{ "EmbeddedEngine": { "Mode": "interpreted", "CompilationTime": "00:01:00" } }""");
        Assert.That(options.ConfigurationFaults, Is.Empty);
        Assert.That(((EmbeddedEngine)options.Engine).Options, Is.EqualTo(new EmbeddedEngineOptions
        {
            Mode = ExecutionMode.Interpreted, CompilationTime = TimeSpan.FromMinutes(1),
        }));
    }

    [Test]
    public void Section_ThatSetsNothing_LeavesTheEngine([Values("{}", """{ "EmbeddedEngine": {} }""")] string json) =>
        Assert.That(Read(json).Engine, Is.SameAs(EmbeddedEngine.Instance));

    [TestCase("""{ "Mode": "fast" }""", "Plugins:EmbeddedEngine:Mode is 'fast'; it must be one of Tiered, Interpreted")]
    [TestCase("""{ "Mode": "1" }""", "Plugins:EmbeddedEngine:Mode is '1'; it must be one of")]
    [TestCase("""{ "Mod": "Tiered" }""", "Plugins:EmbeddedEngine:Mod is unknown (did you mean 'Mode'?).")]
    [TestCase("""{ "CompilationTime": "-00:00:01" }""", "Plugins:EmbeddedEngine:CompilationTime is out of range")]
    [TestCase("""{ "CompilationTime": "1.00:00:01" }""", "Plugins:EmbeddedEngine:CompilationTime is out of range")]
    [TestCase("""{ "CompilationTime": "5" }""", "Plugins:EmbeddedEngine:CompilationTime is '5'; it must be a time")]
    public void Section_ThatMakesNoSense_IsRefused(string section, string fault)
    {
        var faults = Read($$"""{ "EmbeddedEngine": {{section}} }""").ConfigurationFaults;
        Assert.That(faults, Has.Count.EqualTo(1).And.Some.StartsWith(fault));
    }

    [Test]
    public void Engine_WithOptionsOutOfRange_IsRefused()
    {
        Assert.That(
            () => new EmbeddedEngine(new EmbeddedEngineOptions { Mode = (ExecutionMode)9 }),
            Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => new PluginHostOptions().UseEmbedded(new() { CompilationTime = TimeSpan.FromSeconds(-1) }),
            Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Wasmtime_AskedToInterpret_Refuses()
    {
        var wasmtime = EngineTests.Support.TestedEngines.Available.FirstOrDefault(one => !one.Traits.TellsFunctions);
        Assume.That(wasmtime, Is.Not.Null);
        using var rig = new Rig(GuestFiles.Read("tests/guests/hostile.wasm"), wasmtime!).Lists("run");
        rig.LoadOptions = new PluginLoadOptions { Mode = ExecutionMode.Interpreted };
        Assert.That(() => rig.Load(), Throws.TypeOf<NotSupportedException>());
    }

    private static PluginHostOptions Read(string json)
    {
        var options = new PluginHostOptions { AllowUnsigned = true };
        var configuration = JsonSettings.Read($$"""{ "Plugins": {{json}} }""").GetSection("Plugins");
        new HostSettings(configuration, Path.GetTempPath()).Configure(options);
        return options;
    }
}
