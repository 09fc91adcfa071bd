using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>How long a call waits for an instance.</summary>
[CancelAfter(600_000)]
internal sealed class PatienceTests
{
    [Test]
    public void Wait_ForAnInstance_HasATimeOfItsOwn([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstanceWait = TimeSpan.FromMilliseconds(1);
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromSeconds(30) });
        using var busy = new BusyPlugin(rig);
        Assert.That(
            () => busy.Call(isAsync),
            Throws.TypeOf<PluginLimitException>().With.Property("Code").EqualTo(PluginErrorCode.InstanceLimit));
    }

    [Test]
    public void Wait_ThatIsInfiniteByName_EndsWhenAnInstanceIsFree([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMilliseconds(1) });
        using var busy = new BusyPlugin(rig);
        var call = Task.Run(() => busy.Call(isAsync));
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(100)), Is.False);
        busy.GoOn();
        Assert.That(async () => await call, Throws.Nothing);
    }

    [Test]
    public void Wait_ForAPluginThatIsDisposed_Ends([Values] bool isAsync, [Values] bool isHost)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        using var busy = new BusyPlugin(rig);
        var call = Task.Run(() => busy.Call(isAsync));
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(50)), Is.False);
        (isHost ? (IDisposable)rig.Host : busy.Plugin).Dispose();
        Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task Wait_OfACallThatIsCancelled_Ends([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        using var busy = new BusyPlugin(rig);
        using var source = new CancellationTokenSource();
        var call = Task.Run(() => busy.Call(isAsync, null, source.Token));
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(50)), Is.False);
        source.Cancel();
        var failure = (await Assert.CatchAsync<OperationCanceledException>(async () => await call))!;
        Assert.That(failure.CancellationToken, Is.EqualTo(source.Token));
    }

    [TestCase(-1)]
    [TestCase(-2)]
    public void WallTime_ThatIsNone_IsRefusedRatherThanWaitedForWithoutEnd(int milliseconds)
    {
        using var rig = new Rig();
        using var busy = new BusyPlugin(rig);
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(milliseconds) };
        Assert.That(() => busy.Call(false, options), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => busy.Call(true, options), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [TestCase(-2, false)]
    [TestCase(-1, true)]
    [TestCase(0, true)]
    [TestCase(86_400_000, true)]
    [TestCase(86_400_001, false)]
    public void Option_OutOfRange_IsAFault(int milliseconds, bool isFine)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstanceWait = TimeSpan.FromMilliseconds(milliseconds);
        Assert.That(() => rig.Host, isFine ? Throws.Nothing : Throws.ArgumentException);
    }
}
