using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Processes;

/// <summary>A disk that is full where the output goes: an error and an exit code, and no stack trace.</summary>
[Platform(Include = "Linux")]
internal sealed class FullDiskTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [TestCase("--version")]
    [TestCase("--help")]
    [TestCase("run --help")]
    [TestCase("inspect p")]
    [TestCase("inspect p --json")]
    [TestCase("run p shout a")]
    [TestCase("verify p --key key.pub")]
    [TestCase("completion bash")]
    [TestCase("new c mine")]
    public void Output_ToAFullDisk_IsAnErrorOfItsOwn(string command)
    {
        Publish();
        var run = Run($"plugins {command} > /dev/full");
        Assert.That(run.ExitCode, Is.EqualTo(74), run.ToString());
        Assert.That(run.Errors, Does.Contain("error: The output could not be written: No space left on device"));
        Assert.That(run.Errors, Does.Contain(" next: ").And.Not.Contain("   at "));
    }

    [Test]
    public void Output_OfAFailure_ToAFullDisk_KeepsTheExitCode()
    {
        var run = Run("plugins inspect nothing --json > /dev/full");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("nothing").And.Contain("could not be written"));
    }

    [Test]
    public void Errors_ToAFullDisk_LeaveTheExitCode()
    {
        var run = Run("plugins inspect nothing 2> /dev/full");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
    }

    [Test]
    public void Output_BesidesErrorsOnAFullDisk_IsWhole()
    {
        Publish();
        var run = Run("plugins run p shout a 2> /dev/full");
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "A!")));
    }

    private void Publish()
    {
        _desk.PutPlugin("p", Plugin.Shout, Plugin.ShoutManifest).Run("keygen");
        _desk.Run("sign", "p", "--key", "key.pem");
    }

    private CommandRun Run(string command) => FinishedProcess.Run(_desk.Folder, null, "bash", "-c", command);
}
