using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Commands;

internal sealed class PluginsCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Plugins_WithoutAnything_ShowsItsHelp()
    {
        var run = _desk.Run();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Commands:").And.Contain("  run <plugin>"));
    }

    [TestCase("rnu", "Did you mean run?")]
    [TestCase("inspekt", "Did you mean inspect?")]
    [TestCase("--jsno", "Did you mean --json?")]
    public void Plugins_WithAMistypedWord_GuessesIt(string word, string guess)
    {
        var run = _desk.Run(word);
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain(guess).And.Contain("plugins --help"));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public void Run_WithAMistypedOption_DoesNotTakeItForInput()
    {
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "--grnt");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("Did you mean --grant?").And.Contain("plugins run --help"));
    }

    [Test]
    public void Run_WithAnOptionBehindTwoDashes_TakesItForInput()
    {
        var run = _desk.PutPlugin("p", Plugin.Shout).Run("run", "p", "shout", "--", "--grnt");
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "--GRNT!")));
    }

    [Test]
    public void Plugins_WithoutARequiredArgument_SaysWhich()
    {
        Assert.That(_desk.Run("run").Errors, Does.StartWith("error: Required argument 'plugin' missing"));
    }

    [Test]
    public void Plugins_WithControlCharactersInAWord_ShowsThem()
    {
        Assert.That(_desk.Run("\u001b[31m").Errors, Does.Contain(@"\x1b[31m").And.Not.Contain('\u001b'));
    }

    [Test]
    public void Plugins_AskedForJson_AnswersErrorsInJsonToo()
    {
        var run = _desk.Run("run", "nothing", "--json");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Json.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(run.Json.GetProperty("exitCode").GetInt32(), Is.EqualTo(2));
        Assert.That(run.Json.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("Usage"));
        Assert.That(run.Errors, Does.StartWith("error: "));
    }

    [Test]
    public void Plugins_AskedForJson_AnswersWrongCommandLinesInJsonToo()
    {
        Assert.That(_desk.Run("rnu", "--json").Json.GetProperty("error").GetProperty("why").GetString(),
            Does.Contain("run"));
    }
}
