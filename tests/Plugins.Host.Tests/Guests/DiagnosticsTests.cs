using System.Text;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Tests.Guests;

/// <summary>What an application can show of a loaded plugin.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
internal sealed class DiagnosticsTests(TestedEngine tested)
{
    // More than the just-in-time compiler optimizes.
    private const int ManyOperators = 100_000;

    [Test]
    public void Functions_OfAPlugin_AreTheManifests()
    {
        using var rig = new Rig(Module(1), tested).Lists("run");
        var plugin = rig.Load();
        Assert.That(plugin.Functions.Select(function => function.Name), Is.EqualTo(new[] { "run" }));
    }

    [Test]
    public void Diagnostics_OfAPlugin_NameTheEngine()
    {
        using var rig = new Rig(Module(1), tested).Lists("run");
        var (engine, diagnostics) = (rig.Options.Engine, rig.Load().Diagnostics);
        Assert.That((diagnostics.Engine, diagnostics.EngineVersion), Is.EqualTo((engine.Name, engine.Version)));
    }

    [Test]
    public void Diagnostics_OfAHugeFunction_SayWhyItIsSlowWhereItIs()
    {
        using var rig = new Rig(Module(ManyOperators), tested).Lists("run");
        rig.LoadOptions = new PluginLoadOptions { WarmUp = true };
        var functions = rig.Load().Diagnostics.Functions;
        if (!tested.Traits.TellsFunctions)
        {
            Assert.That(functions, Is.Empty);
            return;
        }

        var slow = functions.Single();
        Assert.That((slow.Index, slow.Name), Is.EqualTo((0, "run")));
        Assert.That(slow.Tier, Is.Not.EqualTo(CompilationTier.Optimized));
        Assert.That(slow.Reason, tested.Traits.Compiles ? Does.Contain(" > ") : Is.Null);
    }

    [Test]
    public async Task Diagnostics_OfASmallFunction_FollowWhatBecomesOfIt()
    {
        using var rig = new Rig(Module(1), tested).Lists("run");
        rig.LoadOptions = new PluginLoadOptions { Mode = tested.Traits.TellsFunctions ? ExecutionMode.Tiered : null };
        var plugin = rig.Load();
        plugin.Call("run", []);
        var before = plugin.Diagnostics.Functions;
        await plugin.WarmUpAsync();
        var after = plugin.Diagnostics.Functions;
        if (!tested.Traits.TellsFunctions)
        {
            Assert.That(after, Is.Empty);
            return;
        }

        Assert.That((before[0].Tier, before[0].InterpretedCalls), Is.EqualTo((CompilationTier.Interpreted, 1)));
        Assert.That((after[0].Tier, after[0].Reason), Is.EqualTo((CompilationTier.Optimized, default(string))));
        Assert.That(after[0].CompilationTime, Is.GreaterThan(TimeSpan.Zero));
    }

    // The code of the same bytes is shared, and what became of it.
    private byte[] Module(int operators) => new ModuleBuilder()
        .Custom("engine", Encoding.UTF8.GetBytes(tested.Name))
        .Memory(1, export: "memory")
        .Function(
            [],
            [I32],
            code => code
                .Repeat(operators, one => one.LocalGet(0).I32Const(3).Op(Opcode.I32Mul).LocalSet(0))
                .LocalGet(0),
            [I32],
            export: "run")
        .Build();
}
