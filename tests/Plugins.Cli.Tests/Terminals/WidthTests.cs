using Plugins.Cli.Terminals;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Terminals;

/// <summary>What every command prints fits terminals of each width, and loses nothing there.</summary>
internal sealed class WidthTests
{
    private const string Cases = """
        { "cases": [
          { "name": "a case whose name is a sentence of some length, as they are", "input": "a", "output": "A!" },
          { "name": "wrong", "input": "a", "output": "something else that is longer than a narrow terminal" },
          { "name": "fails", "input": "", "error": { "code": 1 } } ] }
        """;

    private static readonly string[][] Commands =
    [
        ["inspect", "p"],
        ["inspect", "greeter.wasm"],
        ["inspect", "junk.wasm"],
        ["verify", "p", "--key", "key.pub"],
        ["verify", "p", "--key", "other.pub"],
        ["sign", "p", "--key", "key.pem"],
        ["keygen", "new.pem"],
        ["test", "p"],
        ["run", "p", "shuot"],
        ["run", "p", "shout", "a sentence that is longer than a narrow terminal has columns, from a guest"],
        ["run", "p", "shout", ""],
        ["run", "greeter.wasm", "greet", "Ada"],
        ["run", "nothing/at/all.wasm"],
        ["new", "c", "mine"],
        ["bench", "p", "shout", "a", "--calls", "3", "--warm-up", "1ms"],
        ["--help"],
        ["run", "--help"],
        ["new", "--help"],
        ["completion", "--help"],
        ["inspcet"],
    ];

    private readonly Desk _desk = new();

    [SetUp]
    public void Publish()
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Put("p/cases.json", Cases);
        _desk.Put("greeter.wasm", Repository.Guest(Plugin.Greeter));
        _desk.Put("junk.wasm", "junkjunk");
        _desk.Run("keygen");
        _desk.Run("keygen", "other.pem");
        _desk.Run("sign", "p", "--key", "key.pem");
        _desk.Variables["NO_COLOR"] = "1";
    }

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Output_OfEveryCommand_Fits(
        [ValueSource(nameof(Commands))] string[] command, [Values(80, 48, 40)] int width)
    {
        _desk.OutputIsTerminal = true;
        _desk.Width = width;
        var run = _desk.Run(command);
        var lines = (run.Output + run.Errors).ReplaceLineEndings("\n").Split('\n');
        Assert.That(lines.Where(line => Flow.WidthOf(line) > width), Is.Empty);
        Assert.That(lines, Has.None.EqualTo("…"));
    }

    // Order and words are the same; only where lines end differs. Help has columns of its own.
    [Test]
    public void Output_OnANarrowTerminal_SaysWhatAPipeGets([ValueSource(nameof(Lasting))] string[] command)
    {
        var piped = _desk.Run(command);
        _desk.OutputIsTerminal = true;
        _desk.Width = 40;
        var shown = _desk.Run(command);
        Assert.That(Letters(shown.Output), Is.EqualTo(Letters(piped.Output)));
        Assert.That(Letters(shown.Errors), Is.EqualTo(Letters(piped.Errors)));
    }

    // Those that print the same each time.
    private static IEnumerable<string[]> Lasting() => Commands.Where(command =>
        command[0] is "inspect" or "verify" or "sign" || command is ["run", _, "shuot"]);

    private static string Letters(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
