using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;

namespace Plugins.Host.Tests.Guests;

/// <summary>What real modules may do and not do in <c>_initialize</c>.</summary>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[CancelAfter(600_000)]
internal sealed class InitializationGuestTests(TestedEngine tested)
{
    [TestCase("spin", PluginErrorCode.FuelLimit)]
    [TestCase("recurse", PluginErrorCode.Trap)]
    [TestCase("trap", PluginErrorCode.Trap)]
    [TestCase("flood_log", PluginErrorCode.FuelLimit)]
    public void Initialization_ThatFails_RefusesTheLoad(string module, PluginErrorCode expected)
    {
        using var rig = Load(module).Limits(limits => limits with { Fuel = 5_000_000 });
        var failure = Assert.Catch<PluginException>(() => rig.Load())!;
        Assert.That((failure.Code, failure.Phase), Is.EqualTo((expected, PluginPhase.Initialization)));
    }

    [Test]
    public void Initialization_WithoutEnd_IsStoppedByTime()
    {
        using var rig = Load("spin").Limits(limits => limits with { WallTime = TimeSpan.FromMilliseconds(200) });
        rig.Options.MeterFuel = false;
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginTimeException>());
    }

    [Test]
    public void Initialization_ThatTakesAllMemory_HasItsLimit()
    {
        using var rig = Load("grow").Limits(limits => limits with { MemoryPages = 8 });
        Assert.That(rig.Load().CallText("run", "").Value, Does.StartWith("1 8 "));
    }

    [Test]
    public void State_AfterInitialization_IsWhatEachCallFinds()
    {
        using var rig = Load("counted");
        var plugin = rig.Load();
        Assert.That(plugin.CallText("run", "").Value, Is.EqualTo("101 0 "));
        Assert.That(plugin.CallText("run", "").Value, Is.EqualTo("101 0 "));
    }

    [Test]
    public void Initialization_AtTheEdgesOfTheAbi_HasNoInputAndNoOutput()
    {
        using var rig = Load("edges");
        Assert.That(rig.Load().CallText("run", "").Value, Is.EqualTo("1 1 "));
    }

    [Test]
    public void Initialization_ThatReadsSettings_SeesThem()
    {
        using var rig = Load("configured");
        rig.Config.Add(new ConfigKey { Key = "name", Default = "Ada" });
        Assert.That(rig.Load().CallText("run", "").Value, Is.EqualTo("1 0 Ada"));
    }

    [Test]
    public void Initialization_ThatDrawsASeed_IsRunForEachCall()
    {
        using var rig = Load("seeded").Asks("random.bytes").Grants("random.bytes");
        var plugin = rig.Load();
        var seeds = Enumerable.Range(0, 5).Select(_ => plugin.CallText("run", "").Value)
            .ToHashSet(StringComparer.Ordinal);
        Assert.That(seeds, Has.Count.EqualTo(5));
    }

    [Test]
    public void Initialization_ThatIsRunForEachCall_IsPaidByTheCall()
    {
        using var rig = Load("seeded").Asks("random.bytes").Grants("random.bytes");
        rig.Options.RandomNumberGenerator = new CountingRandom();
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        var alone = session.CallText("run", "").FuelConsumed;
        var together = plugin.CallText("run", "").FuelConsumed;
        Assert.That(together, Is.GreaterThan(alone));

        var between = new PluginCallOptions { Fuel = (alone + together) / 2 };
        Assert.That(() => plugin.CallText("run", "", between), Throws.TypeOf<PluginFuelException>());
        var few = new PluginCallOptions { Fuel = (together - alone) / 2 };
        var failure = Assert.Throws<PluginFuelException>(() => plugin.CallText("run", "", few))!;
        Assert.That(failure.Phase, Is.EqualTo(PluginPhase.Initialization));
    }

    [TestCase("malformed_capability_name", LinkProblem.CapabilityName)]
    [TestCase("mixed_abis", LinkProblem.UnknownModule)]
    [TestCase("no_such_function", LinkProblem.ExportMissing)]
    [TestCase("other_abi_version", LinkProblem.UnknownModule)]
    [TestCase("unknown_abi_function", LinkProblem.UnknownFunction)]
    [TestCase("unknown_capability", LinkProblem.PermissionNotRequested)]
    [TestCase("unknown_module", LinkProblem.UnknownModule)]
    [TestCase("wrong_abi_type", LinkProblem.ImportType)]
    [TestCase("wrong_capability_type", LinkProblem.ImportType)]
    [TestCase("wrong_function_type", LinkProblem.ExportType)]
    [TestCase("wrong_initialize_type", LinkProblem.ExportType)]
    public void Module_ThatBreaksTheAbi_IsRefused(string module, LinkProblem expected)
    {
        using var rig = new Rig(GuestFiles.Read($"tests/guests/refused/{module}.wasm"), tested).Lists("run")
            .Asks("clock.now").Grants("clock.now");
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginLinkException>().With.Property("Problem").EqualTo(expected));
    }

    [Test]
    public void Bytes_ThatAreNoModule_AreRefused()
    {
        using var rig = new Rig([1, 2, 3, 4], tested).Lists("run");
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginMalformedException>().With.Property("Plugin").Not.Null);
    }

    [Test]
    public void Module_OfAFeatureThatTheEngineLacks_IsRefusedByItsName()
    {
        byte[] module =
        [
            .. "\0asm"u8, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 6, 1, 4, 0, 0xFE, 0x03, 0,
        ];
        using var rig = new Rig(module, tested).Lists("run");
        var refusal = Assert.Throws<PluginUnsupportedFeatureException>(() => rig.Load())!;
        Assert.That((refusal.Code, refusal.Feature), Is.EqualTo((PluginErrorCode.UnsupportedFeature, "atomics")));
        Assert.That((refusal.Offset, refusal.FunctionIndex), Is.EqualTo(((int?)23, (int?)0)));
        Assert.That(refusal.Message, Does.Contain("atomics at byte 23 in function 0: threads and atomics"));
        Assert.That(refusal.Message, Does.Contain("-pthread"));
    }

    private Rig Load(string module) =>
        new Rig(GuestFiles.Read($"tests/guests/initialize/{module}.wasm"), tested).WithSystemTime().Lists("run")
            .Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
}
