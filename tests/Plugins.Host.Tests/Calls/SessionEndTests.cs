using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>Sessions end with their plugin and host, and leave nothing behind whatever races.</summary>
[CancelAfter(600_000)]
internal sealed class SessionEndTests
{
    [Test]
    public void Session_AfterDisposalOfItsPlugin_HasEnded([Values] bool isHost)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var plugin = rig.Load();
        var session = plugin.OpenSession();
        (isHost ? (IDisposable)rig.Host : plugin).Dispose();
        Assert.That(() => session.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(
            async () => await session.CallAsync("run", default), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => session.Reset(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => plugin.OpenSession(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(rig.Engine.Guests.TrueForAll(guest => guest.IsDisposed));
        session.Dispose();
    }

    [Test]
    public async Task Session_InTheMiddleOfACall_EndsItWhenItsPluginIsDisposed()
    {
        using var rig = new Rig();
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        rig.Guest("run", _ =>
        {
            started.SetResult();
            goOn.Task.Wait();
            return 0;
        });
        var plugin = rig.Load();
        var session = plugin.OpenSession();
        var call = session.CallAsync("run", default);
        await started.Task;
        plugin.Dispose();
        Assert.That(rig.Engine.Guests[1].IsDisposed, Is.False);
        goOn.SetResult();
        Assert.That(async () => await call, Throws.Nothing);
        Assert.That(rig.Engine.Guests[1].IsDisposed);
    }

    [Test]
    public void Session_DisposedFromItsOwnCall_IsReleasedOnce()
    {
        using var rig = new Rig().Uses("own");
        PluginSession? session = null;
        rig.Options.AddFunction("own", (_, text) =>
        {
            session!.Dispose();
            session.Dispose();
            return text;
        });
        rig.Guest("run", guest =>
        {
            guest.Ask("own");
            guest.Step();
            return 0;
        });
        session = rig.Load().OpenSession();
        Assert.That(() => session.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(rig.Engine.Guests[1].IsDisposed);
    }

    [TestCase("session")]
    [TestCase("plugin")]
    [TestCase("host")]
    public void Reset_RacingDisposal_LeaksNothing(string disposed)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.CanCapture = false;
        for (var round = 0; round < 100; round++)
        {
            using var host = disposed == "host" ? new PluginHost(rig.Options) : null;
            var plugin = host is null ? rig.Load() : host.LoadUnsigned([1, 2, 3], rig.Manifest());
            var session = plugin.OpenSession();
            using var both = new Barrier(2);
            var reset = Task.Run(() =>
            {
                both.SignalAndWait();
                Assert.That(Try(session.Reset), Is.Null.Or.TypeOf<ObjectDisposedException>());
            });
            both.SignalAndWait();
            (disposed == "session" ? session : disposed == "plugin" ? (IDisposable)plugin : host!).Dispose();
            reset.GetAwaiter().GetResult();
            plugin.Dispose();
            Assert.That(rig.Engine.Guests.TrueForAll(guest => guest.IsDisposed), $"round {round}");
        }
    }

    [Test]
    public void Opening_RacingDisposal_LeaksNothing()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        for (var round = 0; round < 100; round++)
        {
            var plugin = rig.Load();
            using var both = new Barrier(2);
            var opening = Task.Run(() =>
            {
                both.SignalAndWait();
                Assert.That(Try(() => plugin.OpenSession()), Is.Null.Or.TypeOf<ObjectDisposedException>());
            });
            both.SignalAndWait();
            plugin.Dispose();
            opening.GetAwaiter().GetResult();
            Assert.That(rig.Engine.Guests.TrueForAll(guest => guest.IsDisposed), $"round {round}");
        }
    }

    [Test]
    public void Resets_OfTwoThreads_LeakNothing()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.CanCapture = false;
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        Parallel.For(0, 200, _ => Assert.That(Try(session.Reset), Is.Null.Or.TypeOf<InvalidOperationException>()));
        Assert.That(() => session.Call("run", []), Throws.Nothing);
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(1));
    }

    [Test]
    public void Reset_WhoseInitializationFails_LeavesTheSessionAsItWas()
    {
        using var rig = new Rig().Guest("run", guest => guest.State++ * 0);
        rig.Engine.CanCapture = false;
        using var session = rig.Load().OpenSession();
        session.Call("run", []);
        rig.Engine.Initialize = _ => throw new FakeTrapException(Engines.EngineFaultKind.Trap);
        Assert.That(() => session.Reset(), Throws.TypeOf<PluginTrapException>());
        Assert.That(() => session.Call("run", []), Throws.Nothing);
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(1));
    }

    [Test]
    public void Instance_ThatTheEngineCannotReset_IsReplaced([Values] bool isSession)
    {
        using var rig = new Rig().Guest("run", guest => guest.State++ == 0 ? 0 : 1);
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        rig.Engine.Guests.ForEach(guest => guest.CannotRestore = true);
        if (isSession)
        {
            session.Call("run", []);
            session.Reset();
            Assert.That(() => session.Call("run", []), Throws.Nothing);
        }
        else
        {
            Assert.That(() => plugin.Call("run", []), Throws.Nothing);
            Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        }
    }

    private static Exception? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
