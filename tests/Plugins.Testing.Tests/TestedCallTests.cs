using Microsoft.Extensions.Logging;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Testing.Tests;

/// <summary>Each assertion was right to throw, and its message tells enough to find the fault.</summary>
internal sealed class TestedCallTests
{
    private readonly PluginTestHost _host = new();
    private TestedPlugin _plugin = null!;

    [OneTimeSetUp]
    public void Load() =>
        _plugin = _host.Stub("test.echo", request => request).Load(GuestFiles.Read("tests/guests/kit/kit_c.wasm"));

    [OneTimeTearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void ShouldOutput_OfOtherBytes_TellsWhereTheyDiffer()
    {
        var failure = FailureOf(() => _plugin.Call("echo", "hello there").ShouldOutput("hello then"));

        Assert.That(failure.Message, Is.EqualTo("""
            The output of local/plugin: echo("hello there") is not as expected.
              expected  "hello then"
              but was   "hello there"
              at byte 9 of 10 bytes expected, 11 bytes given:
                expected  … 65 6c 6c 6f 20 74 68 65 6e  "ello then"
                but was   … 65 6c 6c 6f 20 74 68 65 72 65  "ello there"
              log       no entry
              called    no call
            """ + "\n  fuel      " + Fuel(_plugin.Call("echo", "hello there"))));
        Assert.That(failure.Expected, Is.EqualTo("\"hello then\""));
        Assert.That(failure.Actual, Is.EqualTo("\"hello there\""));
    }

    [Test]
    public void ShouldSucceed_OfAFailure_TellsWhatThePluginSaid() => Assert.That(
        FailureOf(() => _plugin.Call("fail", "no \e[31mway").ShouldSucceed()).Message,
        Does.Contain("expected  success").And.Contain("Guest: ").And.Contain("way").And.Not.Contain("\e"));

    [Test]
    public void ShouldFail_OfASuccess_ShowsTheOutput() => Assert.That(
        FailureOf(() => _plugin.Call("echo", "fine").ShouldFail("bad", 3)).Message,
        Does.Contain("a failure \"bad\" with code 3").And.Contain("success, with the output \"fine\""));

    [TestCase("other", 1)]
    [TestCase("text", 2)]
    public void ShouldFail_WithOtherTextOrCode_Throws(string text, int code) =>
        Assert.That(
            () => _plugin.Call("fail", "text").ShouldFail(text, code), Throws.TypeOf<PluginAssertionException>());

    [Test]
    public void ShouldTrap_OfAnotherFailure_Throws() => Assert.That(
        () => _plugin.Call("fail", "text").ShouldTrap(), Throws.TypeOf<PluginAssertionException>());

    [Test]
    public void ShouldTrap_OfATrap_Passes() => _plugin.Call("fatal").ShouldTrap(TrapCode.Unreachable).ShouldTrap();

    [Test]
    public void ShouldLog_OfWhatIsNotThere_ShowsTheLog() => Assert.That(
        FailureOf(() => _plugin.Call("log_levels").ShouldLog(LogLevel.Error, "boo")).Message,
        Does.Contain("Error \"boo\"").And.Contain("Trace \"level é\"; "));

    [Test]
    public void ShouldCall_OfWhatWasNotAsked_ShowsTheCalls() => Assert.That(
        FailureOf(() => _plugin.Call("ask", "a").ShouldCall("test.echo", "b")).Message,
        Does.Contain("test.echo(\"b\")").And.Contain("test.echo(\"a\") -> Success"));

    [Test]
    public void ShouldNotCall_OfWhatWasAsked_Throws() => Assert.That(
        () => _plugin.Call("ask", "a").ShouldNotCall("test.echo"), Throws.TypeOf<PluginAssertionException>());

    [Test]
    public void ShouldOutputJson_OfOtherSpaces_Passes() => _plugin.Call("echo", """{"a":1,"b":[2]}""")
        .ShouldOutputJson("""{ "b": [2], "a": 1 }""");

    [TestCase("""{"a":2}""")]
    [TestCase("no JSON")]
    public void ShouldOutputJson_OfOtherValues_Throws(string output) => Assert.That(
        () => _plugin.Call("echo", output).ShouldOutputJson("""{"a":1}"""), Throws.TypeOf<PluginAssertionException>());

    [Test]
    public void ShouldUseFuel_OfTooMuch_TellsBoth()
    {
        _plugin.Call("echo", "fuel").ShouldUseFuel(1_000_000);

        Assert.That(
            FailureOf(() => _plugin.Call("echo", "fuel").ShouldUseFuel(1)).Message, Does.Contain("at most 1\n"));
    }

    private static string Fuel(TestedCall call) =>
        call.Result!.Value.FuelConsumed.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static PluginAssertionException FailureOf(Action code) =>
        Assert.Throws<PluginAssertionException>(() => code())!;
}
