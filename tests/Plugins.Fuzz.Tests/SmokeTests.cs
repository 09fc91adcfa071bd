using Plugins.Fuzz.Tests.Comparing;
using Plugins.Fuzz.Tests.Engines;
using Plugins.Fuzz.Tests.Generation;
using Plugins.Fuzz.Tests.Native;

namespace Plugins.Fuzz.Tests;

/// <summary>A short run, so that every change meets some random modules; <c>eng/fuzz.sh</c> makes long ones.</summary>
public sealed class SmokeTests
{
    private WasmtimeEngine? _engine;
    private string _wasmTools = "";

    [OneTimeSetUp]
    public void SetUp()
    {
        if (Tools.WasmTools is not { } tools)
        {
            Assert.Ignore("No wasm-tools: not at PLUGINS_WASM_TOOLS, nor beside the repository, nor on the path.");
            return;
        }

        _wasmTools = tools;
        _engine = new WasmtimeEngine(new WasmtimeApi(), epochs: false, fuel: false, GuestLimits.StackBytes);
    }

    [OneTimeTearDown]
    public void TearDown() => _engine?.Dispose();

    [Test]
    public void Modules_RunOnBothEngines_EndAlike()
    {
        Tally tally = new FuzzRun(_engine!, _wasmTools, node: null, log: null).Execute(from: 0, count: 200);

        Assert.That(tally.Mismatches.Select(mismatch => $"seed {mismatch.Seed}: {mismatch.What}"), Is.Empty);
        Assert.That(tally.Modules, Is.GreaterThan(150));
        Assert.That(tally.Calls, Is.GreaterThan(1_000));
    }

    [Test]
    public void Modules_RunOnV8AsWell_EndAlike()
    {
        if (Tools.Node is null)
        {
            Assert.Ignore("No node on the path.");
        }

        Tally tally = new FuzzRun(_engine!, _wasmTools, Tools.Node, log: null).Execute(from: 200, count: 60);

        Assert.That(tally.Mismatches.Select(mismatch => $"seed {mismatch.Seed}: {mismatch.What}"), Is.Empty);
        Assert.That(tally.Calls, Is.GreaterThan(300));
    }

    [Test]
    public void Texts_OfModulesWithAllFeatures_AreReadAndPrintedAlike()
    {
        Tally tally = new FuzzRun(_engine!, _wasmTools, node: null, log: null).Text(from: 0, count: 60);

        Assert.That(tally.Mismatches.Select(mismatch => $"seed {mismatch.Seed}: {mismatch.What}"), Is.Empty);
        Assert.That(tally.Modules, Is.GreaterThan(40));
        Assert.That(tally.Rejected, Is.GreaterThan(1_000));
        Assert.That(tally.Accepted, Is.GreaterThan(1_000));
    }

    [Test]
    public void MutatedModules_GivenToBothValidators_AreJudgedAlike()
    {
        Tally tally = new FuzzRun(_engine!, _wasmTools, node: null, log: null).Mutate(from: 0, count: 50);

        Assert.That(tally.Mismatches.Select(mismatch => $"seed {mismatch.Seed}: {mismatch.What}"), Is.Empty);
        Assert.That(tally.Accepted, Is.Positive);
        Assert.That(tally.Rejected, Is.Positive);
    }
}
