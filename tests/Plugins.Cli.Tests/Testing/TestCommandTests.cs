using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Testing;

internal sealed class TestCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [TestCase("Rust", "shout")]
    [TestCase("AssemblyScript", "word_count")]
    [TestCase("C", "slugify")]
    [TestCase("Rust", "greeter")]
    public void Test_OfAnExamplePlugin_PassesItsSharedTable(string language, string plugin)
    {
        var run = _desk.Run(
            "test", Repository.FullPath($"examples/Pdk-{language}/{plugin}"),
            "--cases", Repository.FullPath("examples/plugin-cases.json"));
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Match(@"[1-9]\d* passed, 0 failed"));
    }

    [TestCase("""{ "name": "n", "input": "a", "output": "A!" }""")]
    [TestCase("""{ "name": "n", "input": [{ "text": "a", "times": 2 }], "output": [{ "hex": "414121" }] }""")]
    [TestCase("""{ "name": "n", "input": "12", "json": "12!" }""", false)]
    [TestCase("""{ "name": "n", "input": "a", "output": "A" }""", false)]
    [TestCase("""{ "name": "n", "input": "a" }""")]
    [TestCase("""{ "name": "n", "input": "" }""", false)]
    [TestCase("""{ "name": "n", "error": { "code": 1, "text": "there is nothing to shout" } }""")]
    [TestCase("""{ "name": "n", "error": { "code": 2 } }""", false)]
    [TestCase("""{ "name": "n", "error": { "contains": "nothing" } }""")]
    [TestCase("""{ "name": "n", "error": { "contains": "something" } }""", false)]
    [TestCase("""{ "name": "n", "input": "a", "error": {} }""", false)]
    [TestCase("""{ "name": "n", "input": "a", "limits": { "fuel": 10 }, "failure": "FuelLimit" }""")]
    [TestCase("""{ "name": "n", "input": "a", "failure": "FuelLimit" }""", false)]
    [TestCase("""{ "name": "n", "input": "a", "logs": [] }""")]
    [TestCase("""{ "name": "n", "input": "a", "logs": [{ "level": "warning", "text": "w" }] }""", false)]
    [TestCase("""{ "name": "n", "input": "abc", "stream": true, "output": "ABC!" }""")]
    [TestCase("""{ "name": "n", "input": "abc", "parallel": 8, "output": "ABC!" }""")]
    [TestCase("""{ "name": "n", "input": "abc", "function": "other" }""", false)]
    [TestCase("""{ "name": "n", "input": "abc", "config": { "unlisted": "x" } }""")]
    public void Test_OfACase_PassesOnlyWhenAllIsAsExpected(string test, bool passes = true)
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("p/cases.json", $$"""{ "cases": [{{test}}] }""");
        var run = _desk.Run("test", "p");
        Assert.That(run.ExitCode, Is.EqualTo(passes ? 0 : 1), run.ToString());
    }

    [TestCase("""{ "name": "n", "function": "trap_load", "trap": "OutOfBoundsMemoryAccess" }""")]
    [TestCase("""{ "name": "n", "function": "trap_load", "trap": "Unreachable" }""", false)]
    [TestCase("""{ "name": "n", "function": "trap_load", "failure": "trap" }""")]
    [TestCase("""{ "name": "n", "function": "fail_with_text", "trap": "Unreachable" }""", false)]
    [TestCase("""{ "name": "n", "function": "spin", "limits": { "fuel": 100000 }, "failure": "FuelLimit" }""")]
    public void Test_OfATrap_ComparesItsKind(string test, bool passes = true)
    {
        _desk.PutPlugin("p", Plugin.Hostile).Put("p/cases.json", $$"""{ "cases": [{{test}}] }""");
        Assert.That(_desk.Run("test", "p").ExitCode, Is.EqualTo(passes ? 0 : 1));
    }

    [TestCase("read", "\"input\": \"k\", \"variables\": { \"k\": \"v\" }, \"grants\": [\"variables.read\"]",
        "00000000", "v")]
    [TestCase("read", "\"input\": \"k\", \"variables\": { \"k\": \"v\" }", "ffffffff")]
    [TestCase("read", "\"input\": \"k\", \"grants\": { \"variables.read\": [\"other/\"] }", "ffffffff")]
    public void Test_WithAVariable_WritesItBefore(string deed, string world, string status, string result = "")
    {
        _desk.PutPlugin("p", Plugin.Capabilities).Put("p/cases.json", $$"""
            { "cases": [{ "name": "n", "function": "variables_{{deed}}", {{world}},
              "output": [{ "hex": "{{status}}" }, { "text": "{{result}}" }] }] }
            """);
        var run = _desk.Run("test", "p");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [Test]
    public void Test_WithAVariableOfTheCommandLine_WritesItBeforeEachCase()
    {
        _desk.PutPlugin("p", Plugin.Capabilities).Put("p/cases.json", """
            { "cases": [{ "name": "n", "function": "variables_read", "input": "k",
                "output": [{ "hex": "0000000037" }] }] }
            """);
        var run = _desk.Run("test", "p", "--variable", "k=7", "--grant", "variables.read");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [TestCase("""{ "k": "7", "l": null }""", 0)]
    [TestCase("""{ "k": "8" }""", 1)]
    [TestCase("""{ "k": null }""", 1)]
    public void Test_ThatExpectsVariables_ReadsThemAfterwards(string after, int exitCode)
    {
        _desk.PutPlugin("p", Plugin.Capabilities).Put("p/cases.json", $$"""
            { "cases": [{ "name": "n", "function": "variables_write", "grants": ["variables.write"],
              "input": [{ "hex": "01000000" }, { "text": "k7" }], "variablesAfter": {{after}} }] }
            """);
        Assert.That(_desk.Run("test", "p").ExitCode, Is.EqualTo(exitCode));
    }

    [TestCase("q", "00000000", "answer")]
    [TestCase("same", "00000000", "same")]
    [TestCase("none", "fcffffff", "")]
    [TestCase("large", "fdffffff", "")]
    [TestCase("no", "feffffff", "not today")]
    public void Test_WithAHost_AnswersAsTheFileSays(string request, string status, string result)
    {
        _desk.PutPlugin("p", Plugin.Capabilities).Put("p/cases.json", $$"""
            { "hosts": { "app": { "test.echo": {
                "q": { "result": "answer" }, "same": { "echo": true }, "large": { "status": "too large" },
                "no": { "message": "not today" } } } },
              "cases": [{ "name": "n", "function": "test_call", "input": "{{request}}", "host": "app",
                "output": [{ "hex": "{{status}}" }, { "text": "{{result}}" }] }] }
            """);
        var run = _desk.Run("test", "p");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [Test]
    public void Test_OfACaseThatFails_ShowsWhatWasExpectedAndWhatCame()
    {
        _desk.PutPlugin("p", Plugin.Shout)
            .Put("p/cases.json", """{ "cases": [{ "name": "loud", "input": "a", "output": "B" }] }""");
        var run = _desk.Run("test", "p");
        Assert.That(run.Output, Does.Contain("FAILED  loud").And.Contain("expected  \"B\"").And.Contain("got  \"A!\""));
        Assert.That(run.Output, Does.Contain("0 passed, 1 failed").And.Contain("next: "));
    }

    [Test]
    public void Test_WithAFilter_RunsThoseOnly()
    {
        _desk.PutPlugin("p", Plugin.Shout)
            .Put("p/cases.json", """{ "cases": [{ "name": "one", "input": "a" }, { "name": "two" }] }""");
        Assert.That(_desk.Run("test", "p", "--filter", "ONE").Output, Does.Contain("1 passed, 0 failed, 1 not run"));
        Assert.That(_desk.Run("test", "p", "--filter", "three").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Test_AskedForJson_ListsEachCase()
    {
        _desk.PutPlugin("p", Plugin.Shout)
            .Put("p/cases.json", """{ "cases": [{ "name": "one", "input": "a" }, { "name": "two" }] }""");
        var json = _desk.Run("test", "p", "--json").Json;
        Assert.That(json.GetProperty("passed").GetInt32(), Is.EqualTo(1));
        Assert.That(json.GetProperty("cases")[1].GetProperty("differences")[0].GetProperty("what").GetString(),
            Is.EqualTo("call"));
    }

    [Test]
    public void Test_WithAPermissionOfTheManifest_DeniesItUnlessGranted()
    {
        _desk.PutPlugin("p", Plugin.Greeter, Plugin.GreeterManifest).Put("p/cases.json", """
            { "hosts": { "app": { "greeting.prefix": { "*": { "result": "Hi" } } } },
              "cases": [
                { "name": "granted", "input": "A", "host": "app", "output": "Hi, A!" },
                { "name": "denied", "input": "A", "error": { "code": 2 } }] }
            """);
        var run = _desk.Run("test", "p");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
    }

    [Test]
    public void Test_WithTheKit_RunsItOnAGuestSdk()
    {
        // On a busy machine what takes milliseconds may take seconds.
        var run = _desk.Run(
            "test", Repository.FullPath("tests/guests/kit/kit_c.wasm"), "--kit", "--limit", "time=10m");
        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.StartWith("kit_c  the conformance kit"));
        Assert.That(run.Output, Does.Match(@"\d\d passed, 0 failed"));
    }

    [Test]
    public void Test_WithTheKit_FindsWhatAPluginLacks()
    {
        Assert.That(_desk.PutPlugin("p", Plugin.Shout).Run("test", "p", "--kit").ExitCode, Is.EqualTo(1));
        Assert.That(_desk.Run("test", "p", "--kit", "--cases", "c.json").ExitCode, Is.EqualTo(2));
    }

    [Test]
    public void Test_ThatWatches_GivesNoJson()
    {
        Assert.That(_desk.Run("test", "p", "--watch", "--json").ExitCode, Is.EqualTo(2));
    }
}
