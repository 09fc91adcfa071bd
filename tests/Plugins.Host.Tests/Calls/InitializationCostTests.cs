using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>An initialisation that is run again for each call is part of that call.</summary>
[CancelAfter(600_000)]
internal sealed class InitializationCostTests
{
    private const int OfInitialization = 100;
    private const int OfCall = 30;

    // The 4 bytes of the request.
    private const int OfSeed = 1;

    [TestCase(false, OfInitialization + OfSeed + OfCall)]
    [TestCase(true, OfCall)]
    public void Fuel_OfARepeatedInitialization_IsReported(bool isFrozen, int expected)
    {
        using var rig = Seeded(isFrozen);
        var plugin = rig.Load();
        Assert.That(plugin.Call("run", []).FuelConsumed, Is.EqualTo(expected));
        Assert.That(plugin.CallAsync("run", default).GetAwaiter().GetResult().FuelConsumed, Is.EqualTo(expected));
    }

    [TestCase(OfInitialization - 1, PluginPhase.Initialization)]
    [TestCase(OfInitialization + OfSeed + OfCall - 1, PluginPhase.Call)]
    [TestCase(OfInitialization + OfSeed + OfCall, null)]
    public void Fuel_OfACall_IsForItsInitializationToo(int fuel, PluginPhase? fails)
    {
        using var rig = Seeded();
        var plugin = rig.Load();
        var options = new PluginCallOptions { Fuel = fuel };
        if (fails is null)
        {
            Assert.That(plugin.Call("run", [], options).FuelConsumed, Is.EqualTo(fuel));
            return;
        }

        var failure = Assert.Throws<PluginFuelException>(() => plugin.Call("run", [], options))!;
        Assert.That((failure.Phase, failure.Limit), Is.EqualTo((fails.Value, (long)fuel)));
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [TestCase(1_000, null)]
    [TestCase(450, PluginPhase.Call)]
    [TestCase(250, PluginPhase.Initialization)]
    public void Time_OfACall_IsForItsInitializationToo(int milliseconds, PluginPhase? fails)
    {
        using var rig = Seeded();
        var seed = rig.Engine.Initialize;
        var initialization = 0;
        rig.Engine.Initialize = guest =>
        {
            seed(guest);
            Pass(rig, guest, initialization, milliseconds);
        };
        rig.Guest("slow", guest =>
        {
            Pass(rig, guest, 200, milliseconds - 300);
            return 0;
        });
        var plugin = rig.Load();
        initialization = 300;
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(milliseconds) };
        if (fails is null)
        {
            Assert.That(plugin.Call("slow", [], options).Duration, Is.EqualTo(TimeSpan.FromMilliseconds(500)));
            return;
        }

        var failure = Assert.Throws<PluginTimeException>(() => plugin.Call("slow", [], options))!;
        Assert.That((failure.Phase, failure.Limit), Is.EqualTo((fails.Value, options.WallTime)));
    }

    [Test]
    public void Initialization_OfAnotherInstanceOfTheSameState_CostsNoCall()
    {
        using var rig = new Rig();
        rig.Engine.Initialize = guest => guest.ConsumeFuel(OfInitialization);
        Plugin? plugin = null;
        var inner = 0L;
        rig.Guest("inner", Consume).Guest("run", guest =>
        {
            inner = plugin!.Call("inner", [], new PluginCallOptions { Fuel = OfCall }).FuelConsumed;
            return Consume(guest);
        });
        plugin = rig.Load();
        Assert.That((plugin.Call("run", []).FuelConsumed, inner), Is.EqualTo(((long)OfCall, (long)OfCall)));
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Initialization_OfASession_CostsNoCall()
    {
        using var rig = Seeded();
        using var session = rig.Load().OpenSession();
        Assert.That(session.Call("run", []).FuelConsumed, Is.EqualTo(OfCall));
        session.Reset();
        Assert.That(session.Call("run", []).FuelConsumed, Is.EqualTo(OfCall));
    }

    private static Rig Seeded(bool isFrozen = false)
    {
        var rig = new Rig().Uses("random.bytes").Guest("run", Consume);
        rig.LoadOptions = new PluginLoadOptions { AcceptFrozenInitialization = isFrozen };
        rig.Engine.Initialize = guest =>
        {
            guest.ConsumeFuel(OfInitialization);
            guest.Ask("random.bytes", 0, 0, 0, 0);
        };
        return rig;
    }

    private static int Consume(FakeGuest guest)
    {
        guest.ConsumeFuel(OfCall);
        return 0;
    }

    /// <summary>Takes time, and is stopped where that is more than there is.</summary>
    private static void Pass(Rig rig, FakeGuest guest, int milliseconds, int left)
    {
        rig.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        if (milliseconds >= left)
        {
            guest.SpinForever();
        }
    }
}
