using Microsoft.Extensions.Logging;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Testing.Tests;

/// <summary>What the test host offers, with the kit's plugin: as C# in this process, and as WebAssembly.</summary>
[TestFixture(true)]
[TestFixture(false)]
internal sealed class PluginTestHostTests(bool inProcess)
{
    private PluginTestHost _host = null!;

    [SetUp]
    public void SetUp() => _host = new PluginTestHost();

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Stub_ThatAnswersAText_IsCalledAndRecorded()
    {
        var plugin = Load(_host.Stub("test.echo", request => request + "?"));

        var call = plugin.Call("ask", "who").ShouldOutput("who?").ShouldCall("test.echo", "who");

        Assert.That(call.CapabilityCalls.Single().AnswerText, Is.EqualTo("who?"));
        Assert.That(call.CapabilityCalls.Single().Status, Is.EqualTo(CapabilityStatus.Success));
        Assert.That(call.CapabilityCalls.Single().AnswerLength, Is.EqualTo(4));
    }

    [Test]
    public void Stub_OfANameStubbedBefore_ReplacesIt()
    {
        var plugin = Load(_host.Stub("test.echo", "first"));
        plugin.Call("ask").ShouldOutput("first");

        _host.Stub("test.echo", "second");

        plugin.Call("ask").ShouldOutput("second");
    }

    [Test]
    public void Stub_ThatFindsNothing_AnswersNotFound() =>
        Load(_host.Stub("test.echo", _ => null)).Call("ask").ShouldFail("test.echo: not found", 1);

    [Test]
    public void StubFailure_WithAMessage_ReachesThePlugin() =>
        Load(_host.StubFailure("test.echo", CapabilityStatus.Failed, "closed")).Call("ask")
            .ShouldFail("test.echo failed: closed");

    [Test]
    public void CapabilityCalls_OfSeveralCalls_AreInOrder()
    {
        var plugin = Load(_host.Grant("variables.read", "variables.write"));
        plugin.Call("increment");
        plugin.Call("increment");

        Assert.That(_host.CapabilityCalls.Select(call => call.Order), Is.EqualTo([0, 1, 2]));
        Assert.That(_host.CapabilityCalls, Has.All.Property("Capability").EqualTo("variables.compare_exchange"));
    }

    [Test]
    public void Variables_ReadAndSet_AreThePluginsOwn()
    {
        var plugin = Load(_host.Grant("variables.write", "variables.read").SetVariable("counter", "7"));
        plugin.Call("increment").ShouldOutput("8");
        plugin.SetVariable("key", "set");

        plugin.Call("read_variable", "key").ShouldOutput("present:set");
        Assert.That(plugin.VariableText("counter"), Is.EqualTo("8"));
        Assert.That(plugin.Variables.Keys, Is.EqualTo(["counter", "key"]));
        Assert.That(plugin.VariableText("other"), Is.Null);
    }

    [Test]
    public void Clock_Advanced_IsWhatThePluginSees()
    {
        var plugin = Load(_host.Grant("clock.now"));
        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        plugin.Call("now").ShouldOutput("1767323046000000000");
    }

    [Test]
    [Repeat(5)]
    public void Clock_MovedPastTheLimitByAStub_EndsTheCall()
    {
        var plugin = Load(_host.Stub("test.echo", request =>
        {
            _host.Clock.Advance(TimeSpan.FromSeconds(2));
            return request;
        }));

        plugin.Call("ask").ShouldFail(PluginErrorCode.TimeLimit);
    }

    [Test]
    public void Random_OfEqualSeeds_IsEqual()
    {
        using var other = new PluginTestHost();

        var bytes = Load(_host.Grant("random.bytes")).Call("random").ShouldSucceed().Output;

        Assert.That(Load(other.Grant("random.bytes")).Call("random").Output.ToArray(), Is.EqualTo(bytes.ToArray()));
    }

    [Test]
    public void Logs_OfACall_AreItsOwn()
    {
        var plugin = Load(_host);
        plugin.Call("log_levels").ShouldLog(LogLevel.Warning, "level é");

        Assert.That(plugin.Call("echo").Logs, Is.Empty);
        Assert.That(_host.Logs, Has.Count.EqualTo(6));
    }

    [Test]
    public void Configure_OfAKey_IsReadByThePlugin() =>
        Load(_host.Configure("name", "Ada")).Call("read_config", "name").ShouldOutput("present:Ada");

    [Test]
    public void Configure_OfAKeyTheManifestLacks_IsAMistake()
    {
        var manifest = Load(_host).Plugin.Manifest;
        _host.Configure("nmae", "Ada");

        Assert.That(() => Load(_host, manifest), Throws.ArgumentException.With.Message.Contains("no setting nmae"));
    }

    [Test]
    public void Limit_OfATestAboveTheHostsCeiling_IsRefusedWithTheCeiling()
    {
        _host.Limits = new() { HostCalls = 100_001 };

        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Load(_host))!;

        Assert.That(refusal.Message, Does.Contain("HostCalls").And.Contain("100000"));
    }

    [Test]
    public void Limits_OfATest_ReplaceThoseOfTheManifest()
    {
        _host.Limits = new() { OutputBytes = 10 };

        Load(_host).Call("repeat", "11").ShouldFail(PluginErrorCode.OutputLimit);
    }

    [Test]
    public void Load_WithoutGrant_TellsWhyInItsNotes()
    {
        Load(_host).Call("now").ShouldFail("clock.now is not permitted");

        Assert.That(_host.Notes, Has.Some.Contains("clock.now"));
    }

    [Test]
    public void Options_AfterALoad_AreTheTestsOwnAgain()
    {
        var (engine, permissions, meters) = (_host.Options.Engine, _host.Options.Permissions, _host.Options.MeterFuel);
        Load(_host.Grant("clock.now"));

        Assert.That(_host.Options.Engine, Is.SameAs(engine));
        Assert.That(_host.Options.Permissions, Is.SameAs(permissions));
        Assert.That(_host.Options.MeterFuel, Is.EqualTo(meters));
    }

    [Test]
    public async Task CallAsync_SideBySide_KeepsCallsApart()
    {
        var plugin = Load(_host.Stub("test.echo", request => request));

        var calls = await Task.WhenAll(
            Enumerable.Range('0', 8).Select(digit => plugin.CallAsync("ask", new[] { (byte)digit })));

        Assert.That(calls.Select(call => call.OutputText), Is.Unique);
        Assert.That(calls, Has.All.Matches<TestedCall?>(call =>
            call?.CapabilityCalls.Single().RequestText == call?.OutputText));
    }

    private TestedPlugin Load(PluginTestHost host, Manifest.PluginManifest? manifest = null) => inProcess
        ? host.Load(PluginExports.Module, manifest)
        : host.Load(GuestFiles.Read("tests/guests/kit/kit_c.wasm"), manifest);
}
