using Plugins.Cli.Terminals;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Terminals;

internal sealed class ProgressTests
{
    private readonly ManualTimers _timers = new();

    [Test]
    public void Progress_OnATerminal_WaitsHalfASecond()
    {
        using var errors = new StringWriter();
        using var progress = new Progress(Around(errors, isTerminal: true), "compiling…");
        Assert.That(_timers.Delays, Is.EqualTo([TimeSpan.FromMilliseconds(500)]));
        Assert.That(errors.ToString(), Is.Empty);
    }

    [Test]
    public void Progress_ThatTakesLong_ShowsOneLineAndTakesItAway()
    {
        using var errors = new StringWriter();
        using (var progress = new Progress(Around(errors, isTerminal: true), "compiling…"))
        {
            progress.Report("3 of \u001b4 cases");
            _timers.Fire();
        }

        Assert.That(errors.ToString(), Is.EqualTo("\r\u001b[K3 of \\x1b4 cases\r\u001b[K"));
    }

    [Test]
    public void Progress_OnANarrowTerminal_StaysOnOneLine()
    {
        using var errors = new StringWriter();
        using var progress = new Progress(
            Around(errors, isTerminal: true) with { Width = 20 }, "measuring for a long time…");
        _timers.Fire();
        Assert.That(errors.ToString(), Is.EqualTo("\r\u001b[Kmeasuring for a"));
    }

    [Test]
    public void Progress_OfATimerThatComesLate_StaysAway()
    {
        using var errors = new StringWriter();
        new Progress(Around(errors, isTerminal: true), "compiling…").Dispose();
        _timers.Fire();
        Assert.That(errors.ToString(), Is.Empty);
    }

    [Test]
    public void Progress_InAPipe_IsSilent()
    {
        using var errors = new StringWriter();
        using var progress = new Progress(Around(errors, isTerminal: false), "compiling…");
        Assert.That(_timers.Delays, Is.Empty);
    }

    private Surroundings Around(TextWriter errors, bool isTerminal) => new()
    {
        Input = Stream.Null, Output = Stream.Null, Error = errors, ErrorIsTerminal = isTerminal, Folder = "/",
            Time = _timers,
    };
}
