using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Processes;

/// <summary>The command in a terminal, as a person sees it.</summary>
[Platform(Include = "Linux")]
internal sealed class TerminalTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public async Task CtrlC_DuringACall_StopsItAndSaysSo()
    {
        using var terminal = new Terminal(_desk.PutPlugin("p", Plugin.Hostile).Folder);
        terminal.Enter("plugins run p spin --limit fuel=1000G --limit time=20m; echo code $?");
        await terminal.WaitForAsync("spin…");
        terminal.Press("C-c");
        var screen = await terminal.WaitForAsync("code 130");
        Assert.That(screen, Does.Contain("error: Stopped.").And.Not.Contain("spin…\n"));
    }

    [Test]
    public async Task Run_OfAGuestThatWritesSequences_DoesNotObeyThem()
    {
        using var terminal = new Terminal(_desk.PutPlugin("p", Plugin.Shout).Folder);
        var screen = await terminal.RunAsync(@"printf '\033[2J\033]0;pwned\007x' > in; plugins run p shout -i in");
        Assert.That(screen, Does.Contain(@"\x1b[2J\x1b]0;PWNED\x07X!"));
    }

    [Test]
    public async Task Errors_InATerminal_AreColored_UnlessNobodyWantsThat()
    {
        using var terminal = new Terminal(_desk.Folder);
        await terminal.RunAsync("plugins inspect nothing");
        Assert.That(terminal.ColoredScreen, Does.Match(@"\e\[\d+(;\d+)*merror: "));

        await terminal.RunAsync("clear; NO_COLOR=1 plugins inspect nothing");
        Assert.That(terminal.ColoredScreen, Does.Contain("error: ").And.Not.Match(@"\e\[\d+(;\d+)*merror: "));
    }

    [Test]
    public async Task LongLines_InANarrowTerminal_AreWrappedBetweenWords()
    {
        using var terminal = new Terminal(_desk.Folder, columns: 50);
        var lines = (await terminal.RunAsync("plugins inspect nothing")).Split('\n');
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(50));
        Assert.That(lines, Has.Some.EqualTo(" next: Check the path; it starts from the current"));
    }

    [TestCase(40)]
    [TestCase(48)]
    [TestCase(80)]
    public async Task Tables_AndHelp_FitTheTerminal(int columns)
    {
        using var terminal = new Terminal(_desk.PutPlugin("p", Plugin.Greeter).Folder, columns);
        var lines = (await terminal.RunAsync("plugins inspect p")).Split('\n');
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(columns));
        Assert.That(lines, Has.Some.Contain("plugins:host/v1 greeting.prefix").And.Some.Contain("greet"));
        lines = (await terminal.RunAsync("clear; plugins verify --help")).Split('\n');
        Assert.That(lines, Has.All.Length.LessThanOrEqualTo(columns).And.Some.Contain("--publisher"));
    }

    [Test]
    public async Task Tab_InBash_CompletesCommandsAndOptions()
    {
        using var terminal = new Terminal(_desk.Folder);
        await terminal.RunAsync("source <(plugins completion bash)");
        terminal.Type("plugins insp");
        terminal.Press("Tab");
        await terminal.WaitForAsync("plugins inspect");
        terminal.Type("--manif");
        terminal.Press("Tab");
        await terminal.WaitForAsync("plugins inspect --manifest");
    }

    [Test]
    public async Task Watch_OfAPlugin_RunsAgainWhenItChanges()
    {
        _desk.PutPlugin("p", Plugin.WordCount)
            .Put("p/cases.json", """{ "cases": [{ "name": "loud", "input": "a", "output": "A!" }] }""");
        using var terminal = new Terminal(_desk.Folder);
        terminal.Enter("plugins test p --watch; echo code $?");
        await terminal.WaitForAsync("0 passed, 1 failed");
        _desk.PutPlugin("p", Plugin.Shout);
        await terminal.WaitForAsync("1 passed, 0 failed");
        terminal.Press("C-c");
        await terminal.WaitForAsync("code 130");
    }

    [Test]
    public async Task Passphrase_AtATerminal_IsAskedForAndNotShown()
    {
        using var terminal = new Terminal(_desk.Folder);
        terminal.Enter("plugins keygen --encrypt; echo code $?");
        await terminal.WaitForAsync("Passphrase of the new key:");
        terminal.Enter("correct horse");
        var screen = await terminal.WaitForAsync("code 0");
        Assert.That(screen, Does.Contain("encrypted").And.Not.Contain("correct horse"));
    }
}
