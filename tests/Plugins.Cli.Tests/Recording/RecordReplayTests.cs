using System.Text;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Recording;

internal sealed class RecordReplayTests
{
    private readonly Desk _desk = new();

    [TearDown]
    public void CleanUp() => _desk.Dispose();

    [Test]
    public void Record_OfACall_WritesAFileThatReplays([Values("embedded", "wasmtime")] string engine)
    {
        _desk.PutPlugin("p", Plugin.Capabilities);
        var recorded = _desk.Run("record", "p", "random_bytes", "\b\0\0\0", "-o", "r", "--grant", "random.bytes");
        Assert.That(recorded.ExitCode, Is.Zero, recorded.ToString());
        Assert.That(recorded.Output, Does.Contain("keep it as the data").And.Contain("it succeeded"));

        var first = _desk.Run("replay", "p", "r", "--engine", engine);
        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Errors, Does.Contain(
            engine == "embedded" ? "fuel, as then" : "fuel, on another engine than then"));
        Assert.That(first.Bytes, Has.Length.GreaterThanOrEqualTo(8));
        Assert.That(_desk.Run("replay", "p", "r").Bytes, Is.EqualTo(first.Bytes));
    }

    [Test]
    public void Record_OfACallThatFails_ReplaysTheFailure()
    {
        _desk.PutPlugin("p", Plugin.Hostile);
        var recorded = _desk.Run("record", "p", "trap_divide_by_zero", "", "-o", "r", "--json");
        Assert.That(recorded.ExitCode, Is.Zero, recorded.ToString());
        Assert.That(recorded.Output, Does.Contain("\"callOutcome\": \"Trap\""));
        var replayed = _desk.Run("replay", "p", "r");
        Assert.That(replayed.ExitCode, Is.Zero, replayed.ToString());
        Assert.That(replayed.Errors, Does.Contain("as recorded: ").And.Contain("trap_divide_by_zero"));
    }

    [Test]
    public void Record_OverAFileThatIsThere_NeedsForce()
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("r", "mine");
        Assert.That(_desk.Run("record", "p", "shout", "a", "-o", "r").ExitCode, Is.EqualTo(2));
        Assert.That(Encoding.UTF8.GetString(_desk.Read("r")), Is.EqualTo("mine"));
        Assert.That(_desk.Run("record", "p", "shout", "a", "-o", "r", "--force").ExitCode, Is.Zero);
    }

    [Test]
    public void Replay_WithAnotherModule_SaysSo()
    {
        _desk.PutPlugin("p", Plugin.Shout).PutPlugin("q", "examples/Pdk-Rust/shout/plugin.wasm");
        _desk.Run("record", "p", "shout", "a", "-o", "r");
        var run = _desk.Run("replay", "q", "r");
        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Errors, Does.Contain("another module").And.Contain("Name the module that was recorded."));
    }

    [Test]
    public void Replay_OfWhatIsNoRecording_SaysWhere()
    {
        _desk.PutPlugin("p", Plugin.Shout).Put("r", "{\"format\":1}\n");
        var run = _desk.Run("replay", "p", "r");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("line 1").And.Contain("$.format"));
    }

    [Test]
    public void Replay_OfALimitAboveTheCeilings_Refuses()
    {
        _desk.PutPlugin("p", Plugin.Shout);
        _desk.Run("record", "p", "shout", "a", "-o", "r");
        var text = Encoding.UTF8.GetString(_desk.Read("r"));
        _desk.Put("r", text.Replace("\"memoryPages\":256", "\"memoryPages\":65536", StringComparison.Ordinal));
        var run = _desk.Run("replay", "p", "r");
        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Errors, Does.Contain("ceilings"));
    }

    [Test]
    public void Replay_OfAnUnlistedFunction_SaysSo()
    {
        _desk.PutPlugin("p", Plugin.Shout);
        _desk.Run("record", "p", "shout", "a", "-o", "r");
        var text = Encoding.UTF8.GetString(_desk.Read("r"));
        _desk.Put("r", text.Replace("\"function\":\"shout\"", "\"function\":\"other\"", StringComparison.Ordinal));
        Assert.That(_desk.Run("replay", "p", "r").Errors, Does.Contain("no function other"));
    }
}
