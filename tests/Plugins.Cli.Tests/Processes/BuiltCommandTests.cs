using System.Globalization;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Processes;

/// <summary>The command as a process, where being one matters.</summary>
internal sealed class BuiltCommandTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Version_OfTheCommand_IsThatOfTheSdk()
    {
        var run = BuiltCommand.Run(_desk.Folder, null, "--version");
        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")));
        Assert.That(run.Output, Does.Match(@"^\d+\.\d+\.\d+\s*$"));
    }

    // In processor time, as other work may share the machine; generous, as this one is not compiled ahead of time.
    [Test]
    [Platform(Include = "Linux")]
    public void Version_OnceItIsWarm_AnswersQuickly()
    {
        var times = Enumerable.Range(0, 10).Select(_ =>
        {
            var run = FinishedProcess.Run(
                _desk.Folder, null, "bash", "-c", "TIMEFORMAT='%U %S'; time plugins --version > /dev/null");
            return run.Errors.Split(' ').Sum(part => double.Parse(part, CultureInfo.InvariantCulture));
        });
        Assert.That(times.Min(), Is.LessThan(0.5));
    }

    [Test]
    public void Run_InAPipeline_PassesBytesThrough()
    {
        var input = new byte[100_000];
        new Random(3).NextBytes(input);
        _desk.PutPlugin("p", Plugin.Echo);
        var run = BuiltCommand.Run(_desk.Folder, input, "run", "p", "echo");
        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(run.Bytes, Is.EqualTo(input));
    }

    [Test]
    public void Run_WithItsOutputInAFile_KeepsRemarksOutOfIt()
    {
        _desk.PutPlugin("p", Plugin.Hostile);
        var run = BuiltCommand.Run(_desk.Folder, null, "run", "p", "log_every_level");
        Assert.That(run.Bytes, Is.Empty);
        Assert.That(run.Errors, Does.Contain("log critical: highest").And.Contain("fuel").And.Not.Contain('\u001b'));
    }

    [Test]
    [Platform(Include = "Linux")]
    public void Inspect_WhoseReaderGoesAway_EndsQuietly()
    {
        _desk.PutPlugin("p", Plugin.Hostile);
        var run = FinishedProcess.Run(_desk.Folder, null, "bash", "-c", "plugins inspect p | head -1");
        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")));
    }

    [Test]
    [Platform(Include = "Linux")]
    public void Run_WithInputFromAProcess_ReadsIt()
    {
        _desk.PutPlugin("p", Plugin.Shout);
        var run = FinishedProcess.Run(_desk.Folder, null, "bash", "-c", "plugins run p shout -i <(printf hello)");
        Assert.That(run.Output, Is.EqualTo("HELLO!"), run.Errors);
    }
}
