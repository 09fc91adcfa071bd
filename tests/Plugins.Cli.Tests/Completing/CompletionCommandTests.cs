using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Completing;

internal sealed class CompletionCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Completion_OfEachShell_AsksTheCommand([Values("bash", "zsh", "fish", "pwsh")] string shell)
    {
        Assert.That(_desk.Run("completion", shell).Output, Does.Contain("[suggest:"));
    }

    [Test]
    public void Completion_OfAnotherShell_Refuses()
    {
        Assert.That(_desk.Run("completion", "tcsh").ExitCode, Is.EqualTo(2));
    }

    [TestCase("plugins in", "inspect")]
    [TestCase("plugins run --gr", "--grant")]
    [TestCase("plugins run p f --limit fu", "fuel=10M")]
    [TestCase("plugins new ru", "rust")]
    [TestCase("plugins run p --engine w", "wasmtime")]
    public void Suggest_OfALine_CompletesIt(string line, string expected)
    {
        var suggestions = _desk.Run($"[suggest:{line.Length}]", line).Output.ReplaceLineEndings("\n").Split('\n');
        Assert.That(suggestions, Contains.Item(expected));
    }

    [Test]
    public void Suggest_OfHelp_ListsItOnce()
    {
        Assert.That(_desk.Run("[suggest:10]", "plugins -").Output,
            Does.Contain("--help").And.Not.Contain("-?").And.Not.Contain("/h"));
    }
}
