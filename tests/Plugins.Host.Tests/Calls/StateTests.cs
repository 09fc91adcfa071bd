using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

internal sealed class StateTests
{
    private static readonly Func<FakeGuest, int> Counts = guest =>
    {
        guest.State++;
        guest.OutputWrite(0, 1);
        return 0;
    };

    [Test]
    public void Call_AfterAnother_FindsTheStateAfterInitialization()
    {
        using var rig = new Rig().Guest("run", Counts);
        rig.Engine.Initialize = guest => guest.State = 10;
        var plugin = rig.Load();
        Assert.That(Run(plugin), Is.EqualTo(11));
        Assert.That(Run(plugin), Is.EqualTo(11));
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Call_OfASession_FindsTheStateOfTheLast()
    {
        using var rig = new Rig().Guest("run", Counts);
        using var session = rig.Load().OpenSession();
        Assert.That(Run(session), Is.EqualTo(1));
        Assert.That(Run(session), Is.EqualTo(2));
        session.Reset();
        Assert.That(Run(session), Is.EqualTo(1));
    }

    [Test]
    public void Call_AfterATrap_FindsTheStateAfterInitialization()
    {
        var traps = true;
        using var rig = new Rig().Guest("run", guest =>
        {
            Counts(guest);
            guest.OutputWrite(traps ? -1 : 0, 0);
            return 0;
        });
        var plugin = rig.Load();
        Assert.That(() => Run(plugin), Throws.Exception);
        traps = false;
        Assert.That(Run(plugin), Is.EqualTo(1));
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Call_OfAnEngineThatCannotReset_HasAFreshInstance()
    {
        using var rig = new Rig().Guest("run", Counts);
        rig.Engine.CanCapture = false;
        var plugin = rig.Load();
        Assert.That((Run(plugin), Run(plugin)), Is.EqualTo(((byte)1, (byte)1)));
        Assert.That(rig.Engine.Guests.All(guest => guest.IsDisposed));
    }

    [TestCase("random.bytes")]
    [TestCase("clock.now")]
    [TestCase("variables.read")]
    [TestCase("own.function")]
    public void Initialization_ThatUsedWhatDiffers_IsRunForEachCall(string capability)
    {
        using var rig = Tainted(capability);
        var plugin = rig.Load();
        var atLoad = rig.Engine.Guests.Count;
        Run(plugin);
        Run(plugin);
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(atLoad + 2));
        Assert.That(rig.Engine.Guests.Sum(guest => guest.Restored), Is.Zero);
    }

    [Test]
    public void Initialization_ThatIsAcceptedFrozen_IsRunOnce()
    {
        using var rig = Tainted("random.bytes");
        rig.LoadOptions = new PluginLoadOptions { AcceptFrozenInitialization = true };
        var plugin = rig.Load();
        Run(plugin);
        Run(plugin);
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Initialization_ThatReadSettings_IsRunOnce()
    {
        using var rig = new Rig().Guest("run", Counts).Imports("config.read");
        rig.Engine.Initialize = guest => guest.Ask("config.read", 1);
        Run(rig.Load());
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Session_AfterReset_RunsATaintedInitializationAgain()
    {
        using var rig = Tainted("random.bytes");
        using var session = rig.Load().OpenSession();
        Run(session);
        var before = rig.Engine.Guests.Count;
        session.Reset();
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(before + 1));
        Assert.That(rig.Engine.Guests[before - 1].IsDisposed);
    }

    [Test]
    public void Instance_OfOneTenant_NeverServesAnother()
    {
        using var rig = new Rig().Guest("run", Counts);
        rig.Options.MaximumInstances = 2;
        var plugin = rig.Load();
        string[] tenants = ["a", "b", "c", "a", "a", "c"];
        foreach (var tenant in tenants)
        {
            plugin.Call("run", [], new PluginCallOptions { Tenant = tenant });
        }

        // One for the load, then a and b, c displacing the oldest each time, and a again once it was displaced.
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(5));
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(2));
    }

    [Test]
    public void Instance_AfterAFaultOfTheHost_IsThrownAway()
    {
        using var rig = new Rig().Guest("run", _ => throw new NotSupportedException("a bug"));
        var plugin = rig.Load();
        Assert.That(() => Run(plugin), Throws.TypeOf<NotSupportedException>());
        Assert.That(rig.Engine.Guests.Single().IsDisposed);
    }

    private static Rig Tainted(string capability)
    {
        var rig = new Rig().Guest("run", Counts);
        if (capability == "own.function")
        {
            rig.Options.AddFunction(capability, (_, text) => text);
        }

        rig.Uses(capability);
        rig.Engine.Initialize = guest => guest.Ask(capability, 1, 0, 0, 0);
        return rig;
    }

    private static byte Run(PluginCaller caller) => caller.Call("run", []).Output.Span[0];
}
