using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;
using Plugins.Host.Tests.Telemetry;

namespace Plugins.Host.Tests.Calls;

/// <summary>What stopped calls leave running is counted until it ends, and bounded.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class AbandonedOperationTests : IDisposable
{
    private readonly SemaphoreSlim _asked = new(0);
    private readonly TaskCompletionSource _answer = new();

    public enum Kind
    {
        PendingFunction,
        BlockingFunction,
        FailingFunction,
        Store,
        Stream,
        Services,
    }

    [TestCase(Kind.PendingFunction, false)]
    [TestCase(Kind.PendingFunction, true)]
    [TestCase(Kind.BlockingFunction, true)]
    [TestCase(Kind.FailingFunction, false)]
    [TestCase(Kind.Store, true)]
    [TestCase(Kind.Stream, true)]
    [TestCase(Kind.Services, false)]
    public async Task Operation_ThatGoesOnWithoutItsCall_CountsUntilItEnds(Kind kind, bool isAsync)
    {
        using var rig = Prepare(kind);
        var plugin = rig.Load();
        var other = rig.Load();
        await LeaveBehind(rig, plugin, kind, isAsync);
        Assert.That(plugin.Diagnostics.AbandonedOperations, Is.EqualTo(1));
        Assert.That(other.Diagnostics.AbandonedOperations, Is.Zero);

        if (kind == Kind.FailingFunction)
        {
            _answer.SetException(new IOException("late"));
        }
        else
        {
            _answer.SetResult();
        }

        Assert.That(() => plugin.Diagnostics.AbandonedOperations, Is.Zero.After(600_000, 10));
    }

    [Test]
    public async Task Function_ThatHeedsItsToken_DoesNotCountForLong([Values] bool isAsync)
    {
        using var rig = new Rig().Uses("own").Guest("run", Run);
        rig.Options.AddFunction("own", async (_, _, _, token) =>
        {
            _asked.Release();
            await Task.Delay(Timeout.Infinite, token);
            return CapabilityStatus.Success;
        });
        var plugin = rig.Load();
        await LeaveBehind(rig, plugin, Kind.PendingFunction, isAsync);
        Assert.That(() => plugin.Diagnostics.AbandonedOperations, Is.Zero.After(600_000, 10));
    }

    [Test]
    public async Task Calls_OfAPluginThatLeftTooMuch_AreRefusedUntilItEnds()
    {
        using var rig = Prepare(Kind.PendingFunction);
        rig.Options.MaximumAbandonedOperations = 2;
        var plugin = rig.Load();
        using var session = plugin.OpenSession();
        var other = rig.Load();
        await LeaveBehind(rig, plugin, Kind.PendingFunction, isAsync: true);
        Assert.That(() => plugin.Call("idle", []), Throws.Nothing, "one more may be left");
        await LeaveBehind(rig, plugin, Kind.PendingFunction, isAsync: false);

        var failure = Assert.Throws<PluginLimitException>(() => plugin.Call("idle", []))!;
        Assert.That((failure.Code, failure.Allowed), Is.EqualTo((PluginErrorCode.AbandonedOperationLimit, 2)));
        Assert.That(failure.Message, Does.Contain("2 operations of stopped calls still run"));
        Assert.That(async () => await plugin.CallAsync("idle", default), Refused);
        Assert.That(() => session.Call("idle", []), Refused);
        Assert.That(session.IsFaulted, Is.False);
        Assert.That(() => plugin.OpenSession(), Refused);
        Assert.That(() => other.Call("idle", []), Throws.Nothing, "another plugin has a number of its own");

        _answer.SetResult();
        Assert.That(() => plugin.Call("idle", []), Throws.Nothing.After(600_000, 10));
        Assert.That(() => session.Call("idle", []), Throws.Nothing);
    }

    [Test]
    public async Task Metric_OfTheHost_HasWhatDisposedPluginsLeft()
    {
        using var scene = new TelemetryScene();
        var plugin = Prepare(Kind.PendingFunction, scene.Rig).Load();
        Assert.That(scene.PointsOf(PluginTelemetry.AbandonedOperations), Is.Empty);
        await LeaveBehind(scene.Rig, plugin, Kind.PendingFunction, isAsync: true);
        await LeaveBehind(scene.Rig, plugin, Kind.PendingFunction, isAsync: true);
        plugin.Dispose();
        Assert.That(
            scene.PointsOf(PluginTelemetry.AbandonedOperations), Is.EqualTo(["plugin.id=acme/test = 2"]));
        _answer.SetResult();
        Assert.That(
            () => scene.PointsOf(PluginTelemetry.AbandonedOperations),
            Is.EqualTo(["plugin.id=acme/test = 0"]).After(600_000, 10));
    }

    private static NUnit.Framework.Constraints.IResolveConstraint Refused =>
        Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.AbandonedOperationLimit);

    public void Dispose() => _asked.Dispose();

    /// <summary>Makes a call that is stopped once it has reached what does not end.</summary>
    private async Task LeaveBehind(Rig rig, Plugin plugin, Kind kind, bool isAsync)
    {
        var call = kind == Kind.Stream ? plugin.CallAsync("read", Held(), new MemoryStream())
            : isAsync ? plugin.CallAsync("run", default)
            : Task.Factory.StartNew(() => plugin.Call("run", []), TaskCreationOptions.LongRunning);
        await _asked.WaitAsync();
        if (kind == Kind.Services)
        {
            // Such a call succeeds, and waits for the disposal in real time for as long as its limit is.
            await call;
            return;
        }

        for (; !call.IsCompleted; await Task.WhenAny(call, Task.Delay(10)))
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
    }

    private HeldStream Held()
    {
        var stream = new HeldStream();
        Join(stream.Asked, stream.Answer);
        return stream;
    }

    private void Join(TaskCompletionSource asked, TaskCompletionSource answer)
    {
        _ = asked.Task.ContinueWith(_ => _asked.Release(), TaskScheduler.Default);
        _ = _answer.Task.ContinueWith(_ => answer.TrySetResult(), TaskScheduler.Default);
    }

    private Rig Prepare(Kind kind) => Prepare(kind, new Rig());

    private Rig Prepare(Kind kind, Rig rig)
    {
        rig.Uses("own").Uses("variables.read").Guest("idle", _ => 0)
            .Guest("run", kind == Kind.Services ? guest => guest.Ask("own").Status : Run)
            .Guest("read", guest => guest.InputRead(0, 10));
        switch (kind)
        {
            case Kind.Store:
                var store = new HeldStore();
                Join(store.Asked, store.Answer);
                rig.Options.Variables = store;
                rig.Options.AddFunction("own", (_, _) => "");
                break;
            case Kind.BlockingFunction:
                rig.Options.AddFunction("own", (_, _) =>
                {
                    _asked.Release();
                    _answer.Task.Wait();
                    return "";
                });
                break;
            case Kind.Services:
                rig.Limits(limits => limits with { WallTime = TimeSpan.FromMilliseconds(20) });
                rig.Options.Services = new ServiceCollection()
                    .AddScoped(_ => new SlowService(_answer.Task, blocks: false)).BuildServiceProvider();
                rig.Options.AddFunction("own", (context, _, _) =>
                {
                    _ = context.Services.GetRequiredService<SlowService>();
                    _asked.Release();
                    return CapabilityStatus.Success;
                });
                break;
            default:
                rig.Options.AddFunction("own", async (_, _, _, _) =>
                {
                    _asked.Release();
                    await _answer.Task;
                    return CapabilityStatus.Success;
                });
                break;
        }

        return rig;
    }

    private static int Run(FakeGuest guest)
    {
        guest.Ask("own");
        guest.Ask("variables.read", 1);
        return guest.SpinForever();
    }
}
