using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(600_000)]
internal sealed class PoolTests
{
    [Test]
    public async Task Calls_InParallel_AreAllAnsweredWithinTheBound()
    {
        var running = 0;
        var most = 0;
        using var rig = new Rig().WithSystemTime().Guest("run", guest =>
        {
            InterlockedMaximum(ref most, Interlocked.Increment(ref running));
            var count = guest.InputRead(8, 4);
            Thread.Yield();
            guest.OutputWrite(8, count);
            Interlocked.Decrement(ref running);
            return 0;
        });
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(10) });
        var plugin = rig.Load();
        var calls = Enumerable.Range(0, 300).Select(number => plugin.CallAsync("run", BitConverter.GetBytes(number)));
        var results = await Task.WhenAll(calls);
        Assert.That(
            results.Select(result => BitConverter.ToInt32(result.Output.Span)), Is.EqualTo(Enumerable.Range(0, 300)));
        Assert.That(most, Is.LessThanOrEqualTo(rig.Options.MaximumInstances));
        Assert.That(rig.Engine.Guests, Has.Count.LessThanOrEqualTo(rig.Options.MaximumInstances));
    }

    [Test]
    public void Call_WhileAllAreBusy_FailsWhenItsTimeIsOver([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstances = 1;
        Plugin? plugin = null;
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(1) };
        Exception? inner = null;
        rig.Guest("inner", _ => 0).Guest("run", _ =>
        {
            inner = Assert.Catch(() => Call(plugin!, "inner", options, isAsync));
            return 0;
        });
        plugin = rig.Load();
        plugin.Call("run", []);
        Assert.That((inner as PluginException)?.Code, Is.EqualTo(PluginErrorCode.InstanceLimit));
        Assert.That(() => plugin.Call("inner", []), Throws.Nothing);
    }

    [Test]
    public async Task ResetTime_OfACall_IsToldApartFromItsDuration([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var plugin = rig.Load();
        rig.Engine.Guests[0].Restoring = () => rig.Time.Advance(TimeSpan.FromSeconds(3));
        var result = isAsync ? await plugin.CallAsync("run", ReadOnlyMemory<byte>.Empty) : plugin.Call("run", []);
        Assert.That((result.ResetTime, result.Duration), Is.EqualTo((TimeSpan.FromSeconds(3), TimeSpan.Zero)));
    }

    [Test]
    public void ResetTime_OfASession_IsZero()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var session = rig.Load().OpenSession();
        Assert.That(session.Call("run", []).ResetTime, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Call_FromWithinACall_HasAnotherInstance()
    {
        using var rig = new Rig();
        Plugin? plugin = null;
        rig.Guest("inner", guest => guest.State == 0 ? 0 : 1).Guest("run", guest =>
        {
            guest.State = 1;
            plugin!.Call("inner", []);
            return 0;
        });
        plugin = rig.Load();
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(2));
    }

    [Test]
    public void Call_FromWithinACallOfTheSameSession_IsMisuse()
    {
        using var rig = new Rig();
        PluginSession? session = null;
        InvalidOperationException? inner = null;
        rig.Guest("run", _ =>
        {
            inner = Assert.Throws<InvalidOperationException>(() => session!.Call("run", []));
            Assert.That(() => session!.Reset(), Throws.InvalidOperationException);
            return 0;
        });
        session = rig.Load().OpenSession();
        session.Call("run", []);
        Assert.That(inner, Is.Not.Null);
        session.Dispose();
    }

    [Test]
    public void Session_AfterATrap_WantsToBeReset()
    {
        using var rig = new Rig().Guest("trap", _ => throw new FakeTrapException(Engines.EngineFaultKind.Trap))
            .Guest("run", _ => 0);
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.Call("trap", []), Throws.TypeOf<PluginTrapException>());
        Assert.That(session.IsFaulted);
        Assert.That(() => session.Call("run", []), Throws.InvalidOperationException);
        session.Reset();
        Assert.That(() => session.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Session_AfterAFailureOfTheGuestItself_GoesOn()
    {
        using var rig = new Rig().Guest("run", _ => 1);
        using var session = rig.Load().OpenSession();
        Assert.That(() => session.Call("run", []), Throws.TypeOf<PluginGuestException>());
        Assert.That(session.IsFaulted, Is.False);
    }

    [Test]
    public void Session_OfATenant_RefusesAnother()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        using var session = rig.Load().OpenSession(new PluginCallOptions { Tenant = "a" });
        var other = new PluginCallOptions { Tenant = "b" };
        Assert.That(() => session.Call("run", [], other), Throws.TypeOf<PluginTenantException>());
        Assert.That(() => session.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Call_OfAFunctionTheManifestDoesNotList_IsMisuse()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Functions.Add("hidden", _ => 0);
        rig.Engine.ExportList.Add(new("hidden", FakeEngine.Entry, 1));
        Assert.That(() => rig.Load().Call("hidden", []), Throws.ArgumentException);
    }

    [Test]
    public void Call_OfTheHostAfterDispose_IsRefused()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        rig.Host.Dispose();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => session.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => rig.Load(), Throws.TypeOf<ObjectDisposedException>());
    }

    private static void Call(Plugin plugin, string function, PluginCallOptions options, bool isAsync)
    {
        if (isAsync)
        {
            plugin.CallAsync(function, default, options).GetAwaiter().GetResult();
        }
        else
        {
            plugin.Call(function, [], options);
        }
    }

    private static void InterlockedMaximum(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
