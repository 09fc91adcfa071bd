using Microsoft.Extensions.Logging;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

internal sealed class GuestLogTests
{
    [TestCase(-1, LogLevel.Trace)]
    [TestCase(0, LogLevel.Trace)]
    [TestCase(1, LogLevel.Debug)]
    [TestCase(2, LogLevel.Information)]
    [TestCase(3, LogLevel.Warning)]
    [TestCase(4, LogLevel.Error)]
    [TestCase(5, LogLevel.Critical)]
    [TestCase(6, LogLevel.Critical)]
    [TestCase(int.MaxValue, LogLevel.Critical)]
    [TestCase(int.MinValue, LogLevel.Trace)]
    public void Level_OfAnyNumber_IsTheNearest(int level, LogLevel expected)
    {
        using var rig = new Rig().Guest("run", guest => Log(guest, level, "text"));
        rig.Load().Call("run", [], new PluginCallOptions { CallId = "c1" });
        var entry = rig.Loggers.Guest.Single();
        Assert.That((entry.Level, entry.Message, entry.Id), Is.EqualTo((expected, "text [c1]", 1300)));
    }

    [Test]
    public void Text_WithControlCharacters_IsHarmless()
    {
        using var rig = new Rig().Guest("run", guest => Log(guest, 2, "a\nfake: entry\u001b[2J"));
        rig.Load().Call("run", []);
        Assert.That(rig.Loggers.Guest.Single().Message, Does.StartWith(@"a\nfake: entry\x1b[2J"));
    }

    [Test]
    public void Text_WithMarksThatReorder_IsHarmless()
    {
        using var rig = new Rig().Guest("run", guest => Log(guest, 2, "\u200e\u200f\u061c\u2028\u200b"));
        rig.Load().Call("run", []);
        Assert.That(
            rig.Loggers.Guest.Single().Message, Does.StartWith(@"\u{200e}\u{200f}\u{61c}\u{2028}\u{200b} ["));
    }

    [Test]
    public void CallId_OfARequest_IsCutAndHarmless()
    {
        using var rig = new Rig().Guest("run", guest => Log(guest, 2, "text"));
        rig.Load().Call("run", [], new PluginCallOptions { CallId = "x\n" + new string('y', 1_000_000) });
        Assert.That(rig.Loggers.Guest.Single().Message, Has.Length.LessThan(400).And.StartsWith(@"text [x\ny"));
    }

    [TestCase(3, 100, 3)]
    [TestCase(100, 12, 3)]
    [TestCase(100, 11, 2)]
    public void Entries_BeyondALimit_AreCountedAndDropped(int entries, int bytes, int expected)
    {
        using var rig = new Rig()
            .Guest("run", guest => Enumerable.Range(0, 10).Sum(_ => Log(guest, 2, "four")))
            .Limits(limits => limits with { LogEntries = entries, LogBytes = bytes });
        var result = rig.Load().Call("run", []);
        Assert.That(rig.Loggers.Guest.Count(), Is.EqualTo(expected));
        Assert.That(result.LogEntriesDropped, Is.EqualTo(10 - expected));
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1301), Is.EqualTo(1));
    }

    [Test]
    public void Limit_OfOneCall_IsNotUsedUpByAnother()
    {
        using var rig = new Rig()
            .Guest("run", guest => Log(guest, 2, "once"))
            .Limits(limits => limits with { LogEntries = 1 });
        using var session = rig.Load().OpenSession();
        session.Call("run", []);
        Assert.That(session.Call("run", []).LogEntriesDropped, Is.Zero);
    }

    private static int Log(FakeGuest guest, int level, string text)
    {
        guest.Log(level, text);
        return 0;
    }
}
