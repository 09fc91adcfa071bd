using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>What results and exceptions tell of a call: where its time went, and its id.</summary>
[CancelAfter(600_000)]
internal sealed class CallTimeTests
{
    [Test]
    public void Time_OfACall_IsToldApart([Values] bool isAsync)
    {
        using var rig = new Rig().Uses("sync").Uses("async");
        rig.Guest("run", guest =>
        {
            Pass(rig, 100);
            guest.Ask("sync");
            guest.Ask("async");
            return 0;
        });
        rig.Options.AddFunction("sync", (_, _, _) =>
        {
            Pass(rig, 20);
            return CapabilityStatus.Success;
        });
        rig.Options.AddFunction("async", async (_, _, _, token) =>
        {
            Pass(rig, 3);
            await Task.Delay(20, token);
            Pass(rig, 400);
            return CapabilityStatus.Success;
        });
        Assert.That(Times(Call(rig.Load(), isAsync)), Is.EqualTo((523, 100, 23, 400)));
    }

    [Test]
    public void Time_OfStreams_IsWaited()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.ReadInput();
            guest.Output("x");
            return 0;
        });
        var plugin = rig.Load();
        var result = plugin.Call("run", new PassingStream(() => Pass(rig, 5)), new PassingStream(() => Pass(rig, 7)));
        Assert.That(Times(result), Is.EqualTo((12, 0, 0, 12)));
    }

    [Test]
    public void Time_OfTheInitialisationThatACallRuns_IsPartOfIt()
    {
        using var rig = new Rig().Uses("sync").Guest("run", guest => guest.Ask("sync").Status);
        rig.Engine.Initialize = guest => guest.Ask("sync");
        rig.Options.AddFunction("sync", (_, _, _) =>
        {
            Pass(rig, 20);
            return CapabilityStatus.Success;
        });
        var plugin = rig.Load();
        plugin.Call("run", []);
        Assert.That(Times(plugin.Call("run", [])), Is.EqualTo((40, 0, 40, 0)));
    }

    [TestCase(100, 100)]
    [TestCase(260, 260)]
    [TestCase(200, 196)]
    public void Time_OfManyHostCalls_IsEstimated(int calls, int milliseconds)
    {
        using var rig = new Rig().Uses("sync").Limits(limits => limits with { WallTime = TimeSpan.FromSeconds(10) });
        rig.Guest("run", guest =>
        {
            for (var call = 0; call < calls; call++)
            {
                guest.Ask("sync");
            }

            return 0;
        });
        rig.Options.AddFunction("sync", (_, _, _) =>
        {
            Pass(rig, 1);
            return CapabilityStatus.Success;
        });
        Assert.That(Times(rig.Load().Call("run", [])), Is.EqualTo((calls, calls - milliseconds, milliseconds, 0)));
    }

    [Test]
    public void Time_OfATypedResult_IsTheCalls()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var text = rig.Load().CallText("run", "", new PluginCallOptions { CallId = "alice" });
        Assert.That((text.GuestTime, text.HostTime, text.WaitingTime, text.CallId), Is.EqualTo(
            (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, "alice")));
    }

    [Test]
    public void CallId_OfAFailure_IsThatOfTheLog([Values] bool isGiven)
    {
        string? seen = null;
        using var rig = new Rig().Uses("sync").Guest("run", guest =>
        {
            guest.Ask("sync");
            return 7;
        });
        rig.Options.AddFunction("sync", (context, _, _) =>
        {
            seen = context.CallId;
            return CapabilityStatus.Success;
        });
        var options = isGiven ? new PluginCallOptions { CallId = "alice" } : null;
        var failure = Assert.Throws<PluginGuestException>(() => rig.Load().Call("run", [], options))!;
        Assert.That(failure.CallId, Is.EqualTo(isGiven ? "alice" : seen).And.Not.Null);
    }

    [Test]
    public void CallId_OfACallThatDidNotRun_IsTheCallers()
    {
        using var rig = new Rig().Guest("run", _ => 0).Limits(limits => limits with { InputBytes = 1 });
        var options = new PluginCallOptions { CallId = "alice" };
        var failure = Assert.Throws<PluginLimitException>(() => rig.Load().Call("run", [1, 2], options))!;
        Assert.That(failure.CallId, Is.EqualTo("alice"));
    }

    [Test]
    public void CallId_NobodyAskedFor_IsNone()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        Assert.That(rig.Load().Call("run", []).CallId, Is.Null);
    }

    private static PluginResult Call(Plugin plugin, bool isAsync) =>
        isAsync ? plugin.CallAsync("run", default).GetAwaiter().GetResult() : plugin.Call("run", []);

    private static (double, double, double, double) Times(PluginResult result) => (
        result.Duration.TotalMilliseconds,
        result.GuestTime.TotalMilliseconds,
        result.HostTime.TotalMilliseconds,
        result.WaitingTime.TotalMilliseconds);

    private static void Pass(Rig rig, int milliseconds) => rig.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>An empty stream that takes its time.</summary>
    private sealed class PassingStream(Action pass) : MemoryStream
    {
        public override int Read(Span<byte> buffer)
        {
            pass();
            return base.Read(buffer);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            pass();
            base.Write(buffer);
        }
    }
}
