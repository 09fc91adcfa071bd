using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;
using Plugins.Host.Tests.Quotas.Support;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Quotas;

/// <summary>How many calls of a plugin or a tenant run at a time, and what becomes of the others.</summary>
[CancelAfter(600_000)]
internal sealed class ConcurrencyQuotaTests
{
    private static readonly CallQuota One = new() { ConcurrentCalls = 1 };
    private static readonly CallQuota OneAtOnce = One with { MaximumWait = TimeSpan.Zero };

    [Test]
    public void Call_BeyondThePlugins_IsRefusedWithWhatItReached([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        held.Hold();
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.ConcurrencyLimit));
        Assert.That(failure.Owner, Is.EqualTo(QuotaOwner.Plugin));
        Assert.That(failure.Allowed, Is.EqualTo(1));
        Assert.That(failure.Function, Is.EqualTo("idle"));
        Assert.That(failure.Message, Does.Contain("the plugin has 1 calls running"));
        held.GoOn();
        Assert.That(() => held.Call(isAsync), Throws.Nothing.After(600_000, 5));
    }

    [Test]
    public void Call_BeyondATenants_LeavesOtherTenantsAlone([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.TenantQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        held.Hold("blue");
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync, "blue"))!;
        Assert.That(failure.Owner, Is.EqualTo(QuotaOwner.Tenant));
        Assert.That(failure.Tenant, Is.EqualTo("blue"));
        Assert.That(() => held.Call(isAsync, "red"), Throws.Nothing);
    }

    [Test]
    public void Calls_OfTheApplicationItself_HaveNoTenantsQuota([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.TenantQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        held.Hold();
        Assert.That(() => held.Call(isAsync), Throws.Nothing);
    }

    [Test]
    public void Quota_OfOneTenant_TakesThePlaceOfThatOfEach()
    {
        using var rig = new Rig();
        rig.Options.TenantQuota = OneAtOnce;
        rig.Options.TenantQuotas = Named("gold", OneAtOnce with { ConcurrentCalls = 2 });
        using var held = new HeldCalls(rig);
        held.Hold("gold");
        Assert.That(() => held.Call(false, "gold"), Throws.Nothing);
    }

    [Test]
    public void Quota_OfOnePlugin_TakesThePlaceOfThatOfEach()
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = OneAtOnce;
        rig.Options.PluginQuotas = Named("acme/test", new CallQuota());
        using var held = new HeldCalls(rig);
        held.Hold();
        Assert.That(() => held.Call(false), Throws.Nothing);
    }

    [Test]
    public void Loads_OfOnePlugin_ShareItsQuota()
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        held.Hold();
        using var again = rig.Load();
        Assert.That(() => again.Call("idle", []), Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public void Session_OfThePlugin_CountsToo()
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        using var session = held.Plugin.OpenSession();
        held.Hold();
        Assert.That(() => session.Call("idle", []), Throws.TypeOf<PluginQuotaException>());
        Assert.That(async () => await session.CallAsync("idle", default), Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public async Task Wait_ForAPlace_IsPartOfTheResult([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One;
        using var held = new HeldCalls(rig);
        held.Hold();
        var call = held.Queue(isAsync);
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        held.GoOn();
        var result = await call;
        Assert.That(result.QueueTime, Is.EqualTo(TimeSpan.FromSeconds(3)));
        Assert.That(result.WaitingTime, Is.EqualTo(result.QueueTime));
        Assert.That(result.Duration, Is.EqualTo(result.QueueTime + result.GuestTime + result.HostTime));
    }

    [Test]
    public async Task Wait_ForAnInstance_IsPartOfTheResult([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MaximumInstances = 1;
        using var held = new HeldCalls(rig);
        held.Hold();
        var call = held.Queue(isAsync);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        held.GoOn();
        Assert.That((await call).QueueTime, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public void Call_ThatMayNotWait_IsToldThatTheQueueIsFull([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One with { QueueLimit = 1 };
        using var held = new HeldCalls(rig);
        held.Hold();
        var waiting = held.Queue(isAsync);
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.QueueLimit));
        Assert.That(failure.Allowed, Is.EqualTo(1));
        held.GoOn();
        Assert.That(async () => await waiting, Throws.Nothing);
    }

    [Test]
    public void Patience_ThatEnds_IsATypedError([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One with { MaximumWait = TimeSpan.FromMilliseconds(20) };
        using var held = new HeldCalls(rig);
        held.Hold();
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.ConcurrencyLimit));
        Assert.That(held.Plugin.WaitingCalls, Is.Zero);
    }

    [Test]
    public void Patience_WithoutATimeOfItsOwn_IsTheCalls([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One;
        using var held = new HeldCalls(rig);
        held.Hold();
        var options = new PluginCallOptions { WallTime = TimeSpan.FromMilliseconds(20) };
        Assert.That(
            () => isAsync
                ? held.Plugin.CallAsync("idle", default, options).GetAwaiter().GetResult()
                : held.Plugin.Call("idle", [], options),
            Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public async Task Wait_OfACallThatIsCancelled_Ends([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One;
        using var held = new HeldCalls(rig);
        using var source = new CancellationTokenSource();
        held.Hold();
        var call = held.Queue(isAsync, cancellation: source.Token);
        await source.CancelAsync();
        var failure = (await Assert.CatchAsync<OperationCanceledException>(async () => await call))!;
        Assert.That(failure.CancellationToken, Is.EqualTo(source.Token));
    }

    [Test]
    public void Wait_ForWhatIsDisposed_Ends([Values] bool isAsync, [Values] bool isHost)
    {
        using var rig = new Rig();
        rig.Options.PluginQuota = One;
        using var held = new HeldCalls(rig);
        held.Hold();
        var call = held.Queue(isAsync);
        (isHost ? (IDisposable)rig.Host : held.Plugin).Dispose();
        Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Call_ThatFails_GivesItsPlaceBack([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("fail", _ => 1);
        rig.Options.PluginQuota = OneAtOnce;
        rig.Options.TenantQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.That(
                () => isAsync
                    ? held.Plugin.CallAsync("fail", default).GetAwaiter().GetResult()
                    : held.Plugin.Call("fail", []),
                Throws.TypeOf<PluginGuestException>());
        }
    }

    [Test]
    public void Call_ThatIsMisused_TakesNoPlace()
    {
        using var rig = new Rig().Limits(limits => limits with { InputBytes = 4 });
        rig.Options.PluginQuota = OneAtOnce;
        using var held = new HeldCalls(rig);
        held.Hold();
        Assert.That(() => held.Plugin.Call("idle", new byte[5]), Throws.TypeOf<PluginLimitException>());
        Assert.That(() => held.Plugin.Call("none", []), Throws.ArgumentException);
    }

    [Test]
    public void Call_WithinACall_DoesNotWaitForIt([Values] bool isAsync)
    {
        Plugin? plugin = null;
        using var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status).Guest("idle", _ => 0);
        rig.Options.PluginQuota = OneAtOnce;
        rig.Options.TenantQuota = OneAtOnce;
        var options = new PluginCallOptions { Tenant = "blue" };
        rig.Options.AddFunction("own", (_, _, _) =>
        {
            _ = isAsync
                ? plugin!.CallAsync("idle", default, options).GetAwaiter().GetResult()
                : plugin!.Call("idle", [], options);
            return CapabilityStatus.Success;
        });
        plugin = rig.Load();
        Assert.That(() => plugin.Call("run", [], options), Throws.Nothing);
    }

    [Test]
    public void Calls_ThatRace_AreNeverMoreThanMay()
    {
        const int Places = 3;
        var (running, most) = (0, 0);
        using var rig = new Rig().Guest("run", _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            Thread.Yield();
            Interlocked.Decrement(ref running);
            return 0;
        });
        rig.Options.MaximumInstances = 16;
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { WallTime = TimeSpan.FromMinutes(20) };
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(20) });
        rig.Options.TenantQuota = new CallQuota { ConcurrentCalls = Places, QueueLimit = 1_000 };
        var plugin = rig.Load();
        var options = new PluginCallOptions { Tenant = "blue" };
        Task.WaitAll([.. Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var call = 0; call < 200; call++)
            {
                await plugin.CallAsync("run", default, options);
                plugin.Call("run", [], options);
            }
        }))]);
        Assert.That(most, Is.InRange(1, Places));
    }

    private static Dictionary<string, CallQuota> Named(string name, CallQuota quota) =>
        new(StringComparer.Ordinal) { [name] = quota };

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
