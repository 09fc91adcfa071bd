using System.Globalization;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(600_000)]
internal sealed class InterruptionTests
{
    [Test]
    public void Call_PastItsTime_IsStopped()
    {
        using var rig = new Rig();
        rig.Guest("run", guest => Spin(rig, guest, TimeSpan.FromSeconds(1)));
        var failure = Assert.Throws<PluginTimeException>(() => rig.Load().Call("run", []))!;
        Assert.That((failure.Limit, failure.Phase), Is.EqualTo((TimeSpan.FromSeconds(1), PluginPhase.Call)));
    }

    [Test]
    public void Call_WithinItsTime_IsLeftAlone()
    {
        using var rig = new Rig();
        rig.Guest("run", guest =>
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(999));
            return 0;
        });
        Assert.That(rig.Load().Call("run", []).Duration, Is.EqualTo(TimeSpan.FromMilliseconds(999)));
    }

    [Test]
    public void Call_WithLessTimeOfItsOwn_HasThat()
    {
        using var rig = new Rig();
        rig.Guest("run", guest => Spin(rig, guest, TimeSpan.FromMilliseconds(20)));
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(20) };
        Assert.That(
            () => rig.Load().Call("run", [], options),
            Throws.TypeOf<PluginTimeException>().With.Property("Limit").EqualTo(options.WallTime));
    }

    [Test]
    public void Call_WithMoreTimeThanThePluginHas_IsRefusedWithTheLimit([Values("1.00:00:00", "-00:00:01")] string time)
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var options = new PluginCallOptions { WallTime = TimeSpan.Parse(time, CultureInfo.InvariantCulture) };
        var failure = Assert.Throws<ArgumentOutOfRangeException>(() => rig.Load().Call("run", [], options))!;
        Assert.That(failure.ParamName, Is.EqualTo(nameof(PluginCallOptions.WallTime)));
        Assert.That(failure.Message, Does.Contain("from 00:00:00 to 00:00:01"));
    }

    [Test]
    public void Initialization_PastItsTime_SaysSo()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Initialize = guest => Spin(rig, guest, TimeSpan.FromSeconds(1));
        var failure = Assert.Throws<PluginTimeException>(() => rig.Load())!;
        Assert.That(failure.Phase, Is.EqualTo(PluginPhase.Initialization));
        Assert.That(failure.Message, Does.Contain("initialization"));
    }

    [Test]
    public void Capability_PastTheTimeOfItsCall_SeesItsTokenCancelled()
    {
        using var rig = new Rig().Uses("slow").Guest("run", guest => guest.Ask("slow").Status == -2 ? 0 : 1);
        rig.Options.AddFunction("slow", (context, _, _) =>
        {
            rig.Time.Advance(TimeSpan.FromSeconds(2));
            context.CancellationToken.WaitHandle.WaitOne();
            context.CancellationToken.ThrowIfCancellationRequested();
            return CapabilityStatus.Success;
        });
        Assert.That(() => rig.Load().Call("run", []), Throws.TypeOf<PluginTimeException>());
        Assert.That(rig.Loggers.Entries.Any(entry => entry.Id == 1310), Is.False);
    }

    [Test]
    public void Cancellation_OfARunningCall_StopsIt()
    {
        using var rig = new Rig();
        using var source = new CancellationTokenSource();
        rig.Guest("run", guest =>
        {
            source.Cancel();
            return guest.SpinForever();
        });
        var failure = Assert.Throws<OperationCanceledException>(() => rig.Load().Call("run", [], null, source.Token))!;
        Assert.That(failure.CancellationToken, Is.EqualTo(source.Token));
    }

    [Test]
    public void Cancellation_BeforeTheCall_RunsNothing()
    {
        var runs = 0;
        using var rig = new Rig().Guest("run", _ => ++runs);
        var plugin = rig.Load();
        var cancelled = new CancellationToken(canceled: true);
        Assert.That(() => plugin.Call("run", [], null, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () => await plugin.CallAsync("run", default, null, cancelled),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(runs, Is.Zero);
    }

    [Test]
    public void Cancellation_OfOneCall_DoesNotHitTheNext()
    {
        using var rig = new Rig();
        var spins = true;
        rig.Guest("run", guest => spins ? guest.SpinForever() : Steps(guest, 1_000));
        var plugin = rig.Load();
        for (var round = 0; round < 50; round++)
        {
            using var source = new CancellationTokenSource();
            spins = true;
            var call = plugin.CallAsync("run", default, null, source.Token);
            source.Cancel();
            Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
            spins = false;
            Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        }
    }

    [Test]
    public async Task Dispose_OfTheHost_StopsRunningCalls()
    {
        using var rig = new Rig();
        var started = new TaskCompletionSource();
        rig.Guest("run", guest =>
        {
            started.TrySetResult();
            return guest.SpinForever();
        });
        var call = rig.Load().CallAsync("run", default);
        await started.Task;
        rig.Host.Dispose();
        Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(rig.Engine.Guests.All(guest => guest.IsDisposed));
    }

    [Test]
    public async Task Dispose_OfThePlugin_LetsRunningCallsEnd()
    {
        using var rig = new Rig();
        var started = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        rig.Guest("run", _ =>
        {
            started.TrySetResult();
            goOn.Task.Wait();
            return 0;
        });
        var plugin = rig.Load();
        var call = plugin.CallAsync("run", default);
        await started.Task;
        plugin.Dispose();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
        goOn.SetResult();
        Assert.That(async () => await call, Throws.Nothing);
        Assert.That(rig.Engine.Guests.All(guest => guest.IsDisposed));
    }

    [Test]
    public async Task Dispose_OfASession_StopsItsCall()
    {
        using var rig = new Rig();
        var started = new TaskCompletionSource();
        rig.Guest("run", guest =>
        {
            started.TrySetResult();
            return guest.SpinForever();
        });
        var session = rig.Load().OpenSession();
        var call = session.CallAsync("run", default);
        await started.Task;
        session.Dispose();
        Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => session.Call("run", []), Throws.TypeOf<ObjectDisposedException>());
    }

    private static int Steps(FakeGuest guest, int count)
    {
        for (var step = 0; step < count; step++)
        {
            guest.Step();
        }

        return 0;
    }

    private static int Spin(Rig rig, FakeGuest guest, TimeSpan time)
    {
        rig.Time.Advance(time);
        return guest.SpinForever();
    }
}
