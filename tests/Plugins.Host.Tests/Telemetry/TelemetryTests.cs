using System.Diagnostics;
using Plugins.Host.Errors;
using Plugins.Host.Telemetry;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Telemetry;

// Activities reach every listener of the process.
[NonParallelizable]
internal sealed class TelemetryTests
{
    private const string Test = "plugin.function=run plugin.id=acme/test plugin.version=1.2.3";

    [TestCase(false)]
    [TestCase(true)]
    public async Task Call_ThatSucceeds_IsMeasured(bool isAsync)
    {
        using var scene = new TelemetryScene();
        var plugin = scene.Rig.Guest("run", _ => 0).Load();
        await CallAsync(plugin, isAsync);
        Assert.That(scene.PointsOf(PluginTelemetry.CallDuration), Is.EqualTo([$"{Test} = 1"]));
        Assert.That(scene.PointsOf(PluginTelemetry.CallFuel), Is.EqualTo([$"{Test} = 1"]));
        Assert.That(scene.PointsOf(PluginTelemetry.CallMemory), Is.EqualTo(["plugin.id=acme/test = 1"]));
        Assert.That(scene.PointsOf(PluginTelemetry.ActiveCalls), Is.EqualTo(["plugin.id=acme/test = 0"]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Call_ThatFails_SaysHow(bool isAsync)
    {
        using var scene = new TelemetryScene();
        var plugin = scene.Rig.Guest("run", _ => 7).Load();
        Assert.That(() => CallAsync(plugin, isAsync), Throws.TypeOf<PluginGuestException>());
        Assert.That(scene.PointsOf(PluginTelemetry.CallDuration), Is.EqualTo([$"error.type=guest {Test} = 1"]));
        Assert.That(scene.PointsOf(PluginTelemetry.CallFuel), Is.Empty);
        Assert.That(scene.PointsOf(PluginTelemetry.ActiveCalls), Is.EqualTo(["plugin.id=acme/test = 0"]));
    }

    [Test]
    public void Call_OfAnUnknownFunction_MakesNoNameOfIt()
    {
        using var scene = new TelemetryScene();
        var plugin = scene.Rig.Guest("run", _ => 0).Load();
        Assert.That(() => plugin.Call("from-a-request", []), Throws.ArgumentException);
        Assert.That(
            scene.PointsOf(PluginTelemetry.CallDuration).Single(), Does.Contain("plugin.function=_OTHER").And.Contain(
                "error.type=misuse"));
    }

    [Test]
    public void Call_WithinASpan_IsItsChildAndTheParentOfHostFunctions()
    {
        using var scene = new TelemetryScene();
        Activity? seen = null;
        scene.Rig.Uses("own").Guest("run", guest => guest.Ask("own").Status);
        scene.Rig.Options.AddFunction("own", (_, _) =>
        {
            seen = Activity.Current;
            return "";
        });
        var plugin = scene.Rig.Load();
        using var outer = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        plugin.Call("run", []);
        outer.Stop();
        var call = scene.Activities.Single(activity => activity.OperationName == "plugin.call run");
        Assert.That(call.ParentSpanId, Is.EqualTo(outer.SpanId));
        Assert.That(call.GetTagItem("plugin.id"), Is.EqualTo("acme/test"));
        Assert.That(seen, Is.SameAs(call));
    }

    [Test]
    public async Task Call_OnAnotherThread_TakesItsSpanAlong()
    {
        using var scene = new TelemetryScene();
        Activity? seen = null;
        scene.Rig.Uses("own").Guest("run", guest => guest.Ask("own").Status);
        scene.Rig.Options.AddFunction("own", (_, _) =>
        {
            seen = Activity.Current;
            return "";
        });
        await scene.Rig.Load().CallAsync("run", default);
        Assert.That(seen?.OperationName, Is.EqualTo("plugin.call run"));
    }

    [Test]
    public void Span_OfACallThatFails_HasTheError()
    {
        using var scene = new TelemetryScene();
        var plugin = scene.Rig.Guest("run", _ => 7).Load();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginGuestException>());
        var call = scene.Activities.Single(activity => activity.OperationName == "plugin.call run");
        Assert.That(call.Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(call.GetTagItem("error.type"), Is.EqualTo("guest"));
    }

    [Test]
    public void HostFunction_AtEachCall_IsMeasured()
    {
        using var scene = new TelemetryScene();
        scene.Rig.Uses("own").Guest("run", guest =>
        {
            guest.Ask("own");
            return 0;
        });
        scene.Rig.Options.AddFunction("own", (_, _) => throw new InvalidOperationException());
        scene.Rig.Load().Call("run", []);
        Assert.That(
            scene.PointsOf(PluginTelemetry.HostCallDuration),
            Is.EqualTo(["error.type=failed plugin.host_function=own plugin.id=acme/test = 1"]));
    }

    [Test]
    public void HostFunction_WithoutItsPermission_IsCounted()
    {
        using var scene = new TelemetryScene();
        scene.Rig.Imports("clock.now").Asks("clock.now", required: false).Guest("run", guest =>
        {
            guest.Ask("clock.now");
            return 0;
        });
        scene.Rig.Load().Call("run", []);
        Assert.That(
            scene.PointsOf(PluginTelemetry.PermissionDenials),
            Is.EqualTo(["plugin.host_function=clock.now plugin.id=acme/test = 1"]));
    }

    [Test]
    public void Load_GoodOrBad_IsMeasured()
    {
        using var scene = new TelemetryScene();
        scene.Rig.Guest("run", _ => 0).Load();
        Assert.That(() => scene.Rig.Host.Load([1], [2]), Throws.TypeOf<PluginSignatureException>());
        Assert.That(
            scene.PointsOf(PluginTelemetry.LoadDuration),
            Is.EqualTo(["error.type=signature = 1", "plugin.id=acme/test = 1"]));
    }

    [Test]
    public void Instances_AndCallsThatWait_AreCounted()
    {
        using var scene = new TelemetryScene();
        using var busy = new BusyPlugin(scene.Rig);
        var waiting = Task.Run(() => busy.Call(isAsync: false));
        Assert.That(
            () => scene.PointsOf(PluginTelemetry.QueueLength),
            Is.EqualTo(["plugin.id=acme/test = 1"]).After(600_000, 10));
        Assert.That(
            scene.PointsOf(PluginTelemetry.Instances),
            Is.EqualTo([
                "plugin.id=acme/test plugin.instance.state=idle = 0",
                "plugin.id=acme/test plugin.instance.state=used = 1",
            ]));
        busy.GoOn();
        waiting.Wait();
        Assert.That(scene.PointsOf(PluginTelemetry.QueueLength), Is.EqualTo(["plugin.id=acme/test = 0"]));
    }

    [Test]
    public void Call_ThatFails_IsLogged()
    {
        using var rig = new Rig().Guest("run", _ => 7).Guest("trap", _ => throw new FakeTrapException(
            Plugins.Host.Engines.EngineFaultKind.Trap));
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginGuestException>());
        var options = new PluginCallOptions { CallId = "r\u001b-1" };
        Assert.That(() => plugin.Call("trap", [], options), Throws.TypeOf<PluginTrapException>());
        var entries = rig.Loggers.Entries.Where(entry => entry.Id == 1302).ToArray();
        Assert.That(entries.Select(entry => entry.Level.ToString()), Is.EqualTo(["Information", "Warning"]));
        Assert.That(entries[1].Message, Does.Contain("acme/test 1.2.3").And.Contain(@"r\x1b-1").And.Contain("Trap"));
    }

    [Test]
    public void Call_WithoutListeners_AllocatesNothing()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.LoggerFactory = Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;
        using var session = rig.Load().OpenSession();
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var bytes = Allocation.LeastOf(() =>
        {
            for (var call = 0; call < 100; call++)
            {
                session.Call("run", [], output);
            }
        });
        Assert.That(bytes, Is.Zero);
    }

    private static Task<PluginResult> CallAsync(Plugin plugin, bool isAsync) => isAsync
        ? plugin.CallAsync("run", default)
        : Task.Run(() => plugin.Call("run", []));
}
