using System.Text;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;
using Plugins.Testing.Cases;

namespace Plugins.Testing.Tests.Cases;

internal sealed class PluginCaseRunnerTests
{
    [TestCase("\"output\": \"HELLO!\"", null)]
    [TestCase("\"output\": \"hello!\"", "output: expected \"hello!\", but was \"HELLO!\"")]
    [TestCase("\"error\": {}", "call: expected an error, but was success, with the output \"HELLO!\"")]
    [TestCase("\"trap\": \"Unreachable\"", "call: expected the trap Unreachable, but was success")]
    [TestCase("\"logs\": [{\"level\": \"warning\", \"text\": \"t\"}]", "logs: expected Warning: t, but was none")]
    [TestCase("\"variablesAfter\": {\"v\": \"1\"}", "variable v: expected \"1\", but was absent")]
    [TestCase("\"json\": 1", "output as JSON: expected 1, but was \"HELLO!\"")]
    [TestCase("\"config\": {\"k\": \"v\"}, \"output\": \"HELLO!\"", null)]
    [TestCase("\"function\": \"whisper\"", "case: expected a case that can be run, but was local/shout has no")]
    [TestCase("\"limits\": {\"inputBytes\": 4}, \"failure\": \"InputLimit\"", null)]
    [TestCase("\"limits\": {\"fuel\": 4}, \"failure\": \"FuelLimit\"", null)]
    [TestCase("\"limits\": {\"inputBytes\": 4}", "call: expected success, but was Plugin local/shout")]
    public async Task Run_OfACase_TellsWhatIsOtherwise(string expectation, string? difference)
    {
        var result = await RunAsync($$"""{ "name": "n", "input": "hello", {{expectation}} }""");

        var outcome = difference is null ? PluginCaseOutcome.Passed : PluginCaseOutcome.Failed;
        Assert.That(result.Outcome, Is.EqualTo(outcome));
        Assert.That(
            string.Join('\n', result.Differences),
            difference is null ? Is.Empty : Does.StartWith(difference));
    }

    [Test]
    public async Task ShouldPass_OfACaseThatFails_ThrowsWhatATestShows()
    {
        var result = await RunAsync("""{ "name": "n", "input": "hello", "output": "" }""");

        var failure = Assert.Throws<PluginAssertionException>(() => result.ShouldPass())!;
        Assert.That(failure.Message, Does.Contain("\"n\"").And.Contain("but was   \"HELLO!\""));
    }

    [TestCase("\"sandbox\": true")]
    [TestCase("\"limits\": {\"fuel\": 1}")]
    [TestCase("\"limits\": {\"memoryPages\": 1}")]
    [TestCase("\"failure\": \"TimeLimit\"")]
    [TestCase("\"trap\": \"CallStackExhausted\"")]
    public async Task Run_InProcessOfWhatOnlyAnEngineContains_Skips(string field)
    {
        var file = PluginCaseFile.Parse(Encoding.UTF8.GetBytes(
            $$"""{ "cases": [{ "name": "n", "function": "recurse", "input": "5", {{field}} }] }"""), "cases.json");

        var result = await new PluginCaseRunner(file, host => host.Load(PluginExports.Module)).RunAsync(file.Cases[0]);

        Assert.That(result.Outcome, Is.EqualTo(PluginCaseOutcome.Skipped));
        Assert.That(result.SkippedBecause, Is.Not.Empty);
    }

    [Test]
    public async Task Run_OfAModuleThatIsRefused_IsAFailureOfTheCall()
    {
        var file = PluginCaseFile.Parse("""{ "cases": [{ "name": "n" }] }"""u8.ToArray(), "cases.json");

        var result = await new PluginCaseRunner(file, host => host.Load([1, 2, 3])).RunAsync(file.Cases[0]);

        Assert.That(result.Differences.Single().What, Is.EqualTo("call"));
    }

    [Test]
    public void Load_OfBytesThatAreNoModule_IsRefusedAsMalformed()
    {
        using var host = new PluginTestHost();
        Assert.That(() => host.Load([1, 2, 3]), Throws.TypeOf<PluginMalformedException>());
    }

    private static Task<PluginCaseResult> RunAsync(string @case)
    {
        var file = PluginCaseFile.Parse(Encoding.UTF8.GetBytes($$"""{ "cases": [{{@case}}] }"""), "cases.json");
        var runner = new PluginCaseRunner(
            file, host => host.LoadFile(GuestFiles.PathOf("examples/Pdk-C/shout")));
        return runner.RunAsync(file.Cases[0]);
    }
}
