using System.Globalization;
using Plugins.Host.Capabilities;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Logging;

internal sealed class CapabilityFailureLogTests
{
    [Test]
    public void Failure_WithTheGuestsText_IsLoggedHarmlessAndCut()
    {
        using var rig = Failing(_ => 1, (_, text) => int.Parse(text, CultureInfo.InvariantCulture).ToString());
        rig.Load().Call("run", []);
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == 1310);
        var shown = entry.Message + entry.Exception;
        Assert.That(shown, Does.Contain("System.FormatException").And.Contain(nameof(CapabilityFailureLogTests)));
        Assert.That(shown, Has.Length.LessThan(8_000));
        Assert.That(shown.Where(character => char.IsControl(character) && character != '\n'), Is.Empty);
        Assert.That(entry.Exception!.ToString().Split('\n').Skip(1), Has.All.Match("^( ---> |   )"));
        Assert.That(entry.Exception.InnerException, Is.Null);
    }

    [Test]
    public void Failures_OfOneFunction_AreLoggedThreeTimesAndThenCounted()
    {
        using var rig = Failing(_ => 1_000, (_, _) => throw new InvalidOperationException("no"));
        rig.Load().Call("run", [], new PluginCallOptions { CallId = "c1" });
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1310), Is.EqualTo(3));
        Assert.That(
            rig.Loggers.Entries.Single(entry => entry.Id == 1311).Message,
            Does.StartWith("Plugin acme/test, function run, call c1: 997 further failures"));
    }

    [Test]
    public void Failures_OfManyFunctions_FitIntoTheLimitOnLogBytes()
    {
        var names = Enumerable.Range(0, 100).Select(index => $"own.f{index}").ToArray();
        using var rig = new Rig().Guest("run", guest => names.Sum(name => guest.Ask(name).Status) * 0);
        foreach (var name in names)
        {
            rig.Uses(name).Options.AddFunction(
                name, (_, _) => throw new InvalidOperationException(new string('x', 1_000_000)));
        }

        rig.Load().Call("run", []);
        Assert.That(
            rig.Loggers.Entries.Sum(entry => entry.Message.Length + (entry.Exception?.ToString().Length ?? 0)),
            Is.InRange(16 * 1024, 32 * 1024));
    }

    [Test]
    public void Failures_OfOneCall_AreNotCountedInTheNext()
    {
        var times = 4;
        using var rig = Failing(_ => times, (_, _) => throw new InvalidOperationException("no"));
        using var session = rig.Load().OpenSession();
        session.Call("run", []);
        times = 3;
        session.Call("run", []);
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1310), Is.EqualTo(6));
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1311), Is.EqualTo(1));
    }

    [Test]
    public void Failures_OfACallThatFails_AreCountedToo()
    {
        using var rig = Failing(_ => 5, (_, _) => throw new InvalidOperationException("no"), code: 1);
        Assert.That(() => rig.Load().Call("run", []), Throws.InstanceOf<Host.Errors.PluginGuestException>());
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1311), Is.EqualTo(1));
    }

    [TestCase("aé", 2, "a")]
    [TestCase("a😀b", 4, "a")]
    public void Message_ForTheGuestCutAtItsLimit_EndsBetweenCharacters(string message, int limit, string expected)
    {
        byte[] answer = [];
        using var rig = new Rig().Uses("own").Limits(limits => limits with { CapabilityResultBytes = limit })
            .Guest("run", guest => (answer = guest.Ask("own").Result).Length * 0);
        rig.Options.AddFunction("own", (_, _) => throw new GuestVisibleException(message));
        rig.Load().Call("run", []);
        Assert.That(System.Text.Encoding.UTF8.GetString(answer), Is.EqualTo(expected));
    }

    [Test]
    public void Message_ForTheGuest_ReachesItAsItIs()
    {
        var message = "line one\nline two " + new string('x', 10_000);
        byte[] answer = [];
        using var rig = new Rig().Uses("own").Guest("run", guest => (answer = guest.Ask("own").Result).Length * 0);
        rig.Options.AddFunction("own", (_, _) => throw new GuestVisibleException(message));
        rig.Load().Call("run", []);
        Assert.That(System.Text.Encoding.UTF8.GetString(answer), Is.EqualTo(message));
    }

    private static Rig Failing(
        Func<int, int> times, Func<PluginCallContext, string, string?> function, int code = 0)
    {
        var text = string.Concat(Enumerable.Repeat("1\r\nfail: \u001b[2J\u202e", 1_000));
        var rig = new Rig().Uses("own").Guest("run", guest =>
        {
            for (var count = times(0); count > 0; count--)
            {
                guest.Ask("own", System.Text.Encoding.UTF8.GetBytes(text));
            }

            return code;
        });
        rig.Options.AddFunction("own", function);
        return rig;
    }
}
