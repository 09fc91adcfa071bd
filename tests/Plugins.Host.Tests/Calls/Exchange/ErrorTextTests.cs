using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Exchange;

internal sealed class ErrorTextTests
{
    [Test]
    public void Text_OfANonZeroReturn_GoesWithTheFailure()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error("it did ");
            guest.Error("not work");
            return 42;
        });
        var failure = Assert.Throws<PluginGuestException>(() => rig.Load().Call("run", []))!;
        Assert.That((failure.ExitCode, failure.GuestMessage), Is.EqualTo((42, "it did not work")));
        Assert.That((failure.Function, failure.Plugin?.ToString()), Is.EqualTo(("run", "acme/test")));
    }

    [Test]
    public void Text_OfATrap_GoesWithTheFailure()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error("last words");
            guest.OutputWrite(0, -1);
            return 0;
        });
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.GuestMessage, Is.EqualTo("last words"));
        Assert.That(failure.Message, Does.EndWith("do not lie in its memory. It said: last words"));
    }

    [Test]
    public void Text_OfAPanic_StandsInTheMessageCutAndEscaped()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error("panicked at \u001b[2J" + new string('x', 2000));
            throw new FakeTrapException(EngineFaultKind.Trap);
        });
        var failure = Assert.Throws<PluginTrapException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.Message, Does.Contain("fake Trap. It said: panicked at ").And.Not.Contain('\u001b'));
        Assert.That(failure.Message, Has.Length.LessThan(1300));
        Assert.That(failure.GuestMessage, Has.Length.EqualTo(2016));
    }

    [Test]
    public void Text_OfASuccess_IsDroppedForGood()
    {
        var code = 0;
        using var rig = new Rig().Guest("run", guest =>
        {
            if (code == 0)
            {
                guest.Error("never mind");
            }

            return code;
        });
        using var session = rig.Load().OpenSession();
        session.Call("run", []);
        code = 1;
        var failure = Assert.Throws<PluginGuestException>(() => session.Call("run", []))!;
        Assert.That(failure.GuestMessage, Is.Null);
    }

    [Test]
    public void Text_ThatIsNotUtf8_HasReplacementCharacters()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.State = 0xFF;
            guest.ErrorWrite(0, 1);
            return 1;
        });
        Assert.That(
            () => rig.Load().Call("run", []),
            Throws.TypeOf<PluginGuestException>().With.Property("GuestMessage").EqualTo("\uFFFD"));
    }

    [TestCase(5, true)]
    [TestCase(4, false)]
    public void Text_AtTheLimit_IsTold(int limit, bool passes)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error("12");
            guest.Error("345");
            return 0;
        }).Limits(limits => limits with { ErrorBytes = limit });
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("run", []), passes ? Throws.Nothing : Throws.TypeOf<PluginLimitException>()
            .With.Property("Code").EqualTo(PluginErrorCode.ErrorTextLimit)
            .And.Property("GuestMessage").EqualTo("1234"));
    }

    [TestCase("aé", 2, "a")]
    [TestCase("a😀", 4, "a")]
    [TestCase("ae\u0301", 2, "a")]
    [TestCase("aé", 3, "aé")]
    public void Text_CutAtTheLimit_EndsBetweenCharacters(string text, int limit, string expected)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error(text);
            guest.Error("and more");
            return 0;
        }).Limits(limits => limits with { ErrorBytes = limit });
        var failure = Assert.Throws<PluginLimitException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.GuestMessage, Is.EqualTo(expected));
    }

    [Test]
    public void Message_WithControlCharacters_IsHarmless()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.Error("\u001b[31mred\r\n\u202Efake\u009b");
            return 1;
        });
        var failure = Assert.Throws<PluginGuestException>(() => rig.Load().Call("run", []))!;
        Assert.That(failure.Message, Does.Contain(@"\x1b[31mred\r\n\u{202e}fake\x9b"));
        Assert.That(failure.Message.Any(char.IsControl), Is.False);
    }
}
