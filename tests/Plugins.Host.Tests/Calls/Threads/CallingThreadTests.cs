using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Threads;

/// <summary>On which thread asynchronous calls run the guest.</summary>
internal sealed class CallingThreadTests
{
    private static readonly PluginCallOptions Preferring = new() { PrefersCallingThread = true };

    private Rig _rig = null!;
    private Thread? _ranOn;

    [SetUp]
    public void CreateRig() => _rig = new Rig().Guest("run", _ =>
    {
        _ranOn = Thread.CurrentThread;
        return 0;
    });

    [TearDown]
    public void DisposeRig() => _rig.Dispose();

    [Test]
    public void Call_ThatPrefersTheCallingThread_HasEndedWhenItReturns([Values] bool inSession)
    {
        var plugin = _rig.Load();
        PluginCaller caller = inSession ? plugin.OpenSession() : plugin;
        var call = caller.CallAsync("run", default, Preferring);
        Assert.That(call.IsCompletedSuccessfully);
        Assert.That(_ranOn, Is.SameAs(Thread.CurrentThread));
    }

    [Test]
    public void Call_ThatDoesNotSay_RunsElsewhere()
    {
        // Its thread waits, so that it cannot be the one of the pool that takes the call.
        _rig.Load().CallAsync("run", default).GetAwaiter().GetResult();
        Assert.That(_ranOn, Is.Not.SameAs(Thread.CurrentThread));
    }

    [Test]
    public void Call_OfAPluginWithAHostFunction_RunsElsewhere()
    {
        _rig.Options.AddFunction("own", (_, _, _) => CapabilityStatus.Success);
        _rig.Uses("own").Load().CallAsync("run", default, Preferring).GetAwaiter().GetResult();
        Assert.That(_ranOn, Is.Not.SameAs(Thread.CurrentThread));
    }

    [Test]
    public void Call_WithStreams_RunsElsewhere()
    {
        _rig.Load().CallAsync("run", Stream.Null, Stream.Null, Preferring).GetAwaiter().GetResult();
        Assert.That(_ranOn, Is.Not.SameAs(Thread.CurrentThread));
    }

    [Test]
    public void Failure_OnTheCallingThread_IsInTheTask()
    {
        _rig.Guest("fail", _ => 1);
        var call = _rig.Load().CallAsync("fail", default, Preferring);
        Assert.That(call.IsFaulted);
        Assert.That(call.Exception?.InnerException, Is.InstanceOf<PluginGuestException>());
    }
}
