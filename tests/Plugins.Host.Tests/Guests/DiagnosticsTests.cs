using Plugins.Host.EngineTests.Support;
using Plugins.Host.Tests.Support;
using Plugins.Wasm.Binary;
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
        var slow = rig.Load().Diagnostics.UnoptimizedFunctions;
        if (tested.Name != "embedded")
        {
            Assert.That(slow, Is.Empty);
            return;
        }

        Assert.That(slow.Select(function => (function.Index, function.Name)), Is.EqualTo(new[] { (0, "run") }));
        Assert.That(slow[0].Reason, Does.Contain(" > "));
    }

    [Test]
    public void Diagnostics_OfASmallFunction_FindNothingSlow()
    {
        using var rig = new Rig(Module(1), tested).Lists("run");
        Assert.That(rig.Load().Diagnostics.UnoptimizedFunctions, Is.Empty);
    }

    private static byte[] Module(int operators) => new ModuleBuilder()
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
