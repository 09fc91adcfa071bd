using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Running;

/// <summary>Stand-ins for host functions, and what is said of permissions that are missing.</summary>
internal sealed class StubTests
{
    private const string Cases = """
        { "hosts": { "shop": { "greeting.prefix": { "en": { "result": "Good day" }, "*": { "echo": true } } } },
          "cases": [{ "name": "unused", "input": "" }] }
        """;

    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [TestCase("greeting.prefix=Hello", "Hello, Ada!")]
    [TestCase("greeting.prefix=", ", Ada!")]
    [TestCase("greeting.prefix=a=b", "a=b, Ada!")]
    [TestCase("greeting.prefix=@answer.txt", "Moin, Ada!")]
    public void Run_WithAStub_GivesTheGuestItsAnswer(string stub, string output)
    {
        _desk.Put("answer.txt", "Moin");
        Assert.That(Greet("--stub", stub).Output, Is.EqualTo(output));
    }

    [Test]
    public void Run_OfAModuleAlone_TakesStubsToo()
    {
        _desk.Put("greeter.wasm", Repository.Guest(Plugin.Greeter));
        var run = _desk.Run("run", "greeter.wasm", "greet", "Ada", "--stub", "greeting.prefix=Hi");
        Assert.That(run.Output, Is.EqualTo("Hi, Ada!"), run.ToString());
    }

    [TestCase("en", "Good day, Ada!")]
    [TestCase("nl", "nl, Ada!")]
    public void Run_WithAnApplicationOfTheCaseFile_OffersItsFunctions(string language, string output)
    {
        _desk.Put("p/cases.json", Cases);
        Assert.That(Greet("--host", "shop", "--config", $"language={language}").Output, Is.EqualTo(output));
    }

    [Test]
    public void Run_WithBoth_TakesTheStubOfTheCommandLine()
    {
        _desk.Put("other.json", Cases);
        var run = Greet("--host", "shop", "--cases", "other.json", "--stub", "greeting.prefix=Hi");
        Assert.That(run.Output, Is.EqualTo("Hi, Ada!"), run.ToString());
    }

    [TestCase("--host", "nobody", "Its hosts are shop.")]
    [TestCase("--stub", "Greeting=x", "lowercase words")]
    [TestCase("--stub", "greeting.prefix", "name=value")]
    [TestCase("--stub", "greeting.prefix=@none.txt", "does not exist")]
    [TestCase("--stub", "clock.now=1", "--grant clock.now")]
    [TestCase("--stub", "config.read=1", "--config")]
    [TestCase("--cases", "p/cases.json", "--cases needs --host")]
    public void Run_WithAStubThatIsNone_SaysWhatIsWrong(string option, string value, string expected)
    {
        _desk.Put("p/cases.json", Cases);
        var run = Greet(option, value);
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain(expected));
    }

    [Test]
    public void Run_OfAPluginThatFailsWithoutAHostFunction_TellsTheOptionThatOffersIt()
    {
        var run = Greet();
        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("It had to do without greeting.prefix.")
            .And.Contain("next: If it needs that, add --stub greeting.prefix=…"));
    }

    [Test]
    public void Run_OfAPluginThatFailsWithAll_SaysNothingOfGrants()
    {
        _desk.Put("p/cases.json", Cases.Replace("\"echo\": true", "\"message\": \"sold out\""));
        var run = Greet("--host", "shop", "--config", "language=nl");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Not.Contain("do without").And.Not.Contain("--stub"));
    }

    [TestCase("clock.now", null, "allow it: --grant clock.now")]
    [TestCase("variables.read", "[\"user/\", \"$(id)\"]", "allow it: --grant 'variables.read=")]
    [TestCase("shop.price", null, "Offer it yourself: --stub shop.price=…")]
    public void Run_WithoutARequiredPermission_TellsTheOptionThatGivesIt(string name, string? scope, string next)
    {
        var scoped = scope is null ? "" : $"\"scope\": {scope},";
        _desk.PutPlugin("p", Plugin.Shout, $$"""
            { "id": "acme/shout", "version": "1.0.0", "sequence": 1,
              "permissions": [{ "name": "{{name}}", {{scoped}} "reason": "Needs it.", "required": true }] }
            """);
        var run = _desk.Run("run", "p", "shout", "a");
        Assert.That(run.ExitCode, Is.EqualTo(3), run.ToString());
        Assert.That(run.Errors, Does.Contain(next));
    }

    [Test]
    public void Bench_WithAStub_MeasuresThePlugin()
    {
        _desk.PutPlugin("p", Plugin.Greeter, Plugin.GreeterManifest);
        string[] bench = ["bench", "p", "greet", "Ada", "--calls", "2", "--warm-up", "1ms"];
        Assert.That(_desk.Run(bench).Errors, Does.Contain("--stub greeting.prefix=…"));
        Assert.That(_desk.Run([.. bench, "--stub", "greeting.prefix=Hi"]).ExitCode, Is.Zero);
    }

    [TestCase(".")]
    [TestCase("./")]
    [TestCase("../p")]
    public void Run_OfTheFolderItStandsIn_FindsThePlugin(string folder)
    {
        _desk.PutPlugin("p", Plugin.Shout);
        var run = FinishedProcess.Run(_desk.PathOf("p"), null, BuiltCommand.Path, "run", folder, "shout", "a");
        Assert.That(run.Output, Is.EqualTo("A!"), run.ToString());
    }

    [Test]
    public void Run_WithInputInPlaceOfTheFunction_TellsHowItIsMeant()
    {
        _desk.PutPlugin("p", Plugin.Shout);
        Assert.That(_desk.Run("run", "p", "Hello, world").Errors,
            Does.Contain("name the function first: shout 'Hello, world'"));
    }

    private CommandRun Greet(params string[] options)
    {
        _desk.PutPlugin("p", Plugin.Greeter, Plugin.GreeterManifest);
        return _desk.Run(["run", "p", "greet", "Ada", .. options]);
    }
}
