using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Quotas;

/// <summary>Fuel that all calls of a plugin or a tenant use up together.</summary>
[CancelAfter(600_000)]
internal sealed class FuelQuotaTests
{
    private static readonly CallQuota Hundred = new()
    {
        Fuel = 100, FuelInterval = TimeSpan.FromSeconds(10), MaximumWait = TimeSpan.Zero,
    };

    [Test]
    public void Fuel_ThatIsUsedUp_ComesBackSteadily([Values] bool isAsync, [Values] bool isOfTenant)
    {
        using var rig = Burning(60);
        rig.Options.TenantQuota = isOfTenant ? Hundred : null;
        rig.Options.PluginQuota = isOfTenant ? null : Hundred;
        var plugin = rig.Load();
        Call(plugin, isAsync);
        Call(plugin, isAsync);

        // Twenty are owed: these, and one more, come back in 2.1 seconds.
        var failure = Assert.Throws<PluginQuotaException>(() => Call(plugin, isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.FuelRateLimit));
        Assert.That(failure.Owner, Is.EqualTo(isOfTenant ? QuotaOwner.Tenant : QuotaOwner.Plugin));
        Assert.That(failure.Allowed, Is.EqualTo(100));
        Assert.That(failure.RetryAfter!.Value.TotalSeconds, Is.EqualTo(2.1).Within(0.001));
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(() => Call(plugin, isAsync), Throws.TypeOf<PluginQuotaException>());
        rig.Time.Advance(TimeSpan.FromSeconds(0.11));
        Assert.That(() => Call(plugin, isAsync), Throws.Nothing);
    }

    [Test]
    public void Fuel_OfACallThatFails_IsUsedUpToo()
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.ConsumeFuel(200);
            throw new FakeTrapException(EngineFaultKind.Trap);
        });
        rig.Options.PluginQuota = Hundred;
        var plugin = rig.Load();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginTrapException>());
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public void Fuel_OfOneTenant_IsNotAnothers()
    {
        using var rig = Burning(200);
        rig.Options.TenantQuota = Hundred;
        var plugin = rig.Load();
        Call(plugin, isAsync: false);
        Assert.That(() => plugin.Call("run", [], new PluginCallOptions { Tenant = "red" }), Throws.Nothing);
        Assert.That(() => Call(plugin, isAsync: false), Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public async Task Call_WithPatience_WaitsForFuel([Values] bool isAsync)
    {
        using var rig = Burning(200);
        rig.Options.PluginQuota = Hundred with
        {
            FuelInterval = TimeSpan.FromMilliseconds(100), MaximumWait = TimeSpan.FromHours(1),
        };
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromSeconds(30) });
        var plugin = rig.Load();
        Call(plugin, isAsync);
        var call = Task.Run(() => Call(plugin, isAsync));
        Assert.That(() => plugin.WaitingCalls, Is.EqualTo(1).After(600_000, 1));
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await call).QueueTime, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Call_WhoseFuelComesTooLate_IsRefusedAtOnce([Values] bool isAsync)
    {
        using var rig = Burning(1_000_000);
        rig.Options.PluginQuota = Hundred with { MaximumWait = TimeSpan.FromHours(1) };
        var plugin = rig.Load();
        Call(plugin, isAsync);
        var failure = Assert.Throws<PluginQuotaException>(() => Call(plugin, isAsync))!;
        Assert.That(failure.RetryAfter, Is.GreaterThan(TimeSpan.FromHours(20)));
    }

    [Test]
    public void Queue_ForFuel_IsBounded()
    {
        var limiter = new FuelLimiter(10, 100_000_000, queueLimit: 1, () => 0);
        limiter.AttemptAcquire(20).Dispose();
        var waiting = limiter.AcquireAsync(0).AsTask();
        Assert.That(limiter.GetStatistics().CurrentQueuedCount, Is.EqualTo(1));
        Assert.That(limiter.AcquireAsync(0).AsTask().Result.IsAcquired, Is.False);
        Assert.That(waiting.IsCompleted, Is.False);
    }

    [Test]
    public void Limiter_ThatIsAskedAllTheTime_LosesNothing()
    {
        var now = 0L;
        var limiter = new FuelLimiter(7, interval: 1_000, queueLimit: 0, () => now);
        limiter.AttemptAcquire(1_007).Dispose();
        for (; now < 142_857; now++)
        {
            Assert.That(limiter.AttemptAcquire(0).IsAcquired, Is.False);
        }

        now += 143;
        Assert.That(limiter.AttemptAcquire(0).IsAcquired);
        Assert.That(limiter.GetStatistics().CurrentAvailablePermits, Is.EqualTo(1));
    }

    [Test]
    public void Limiter_ThatIsFull_IsIdle()
    {
        var now = 0L;
        var limiter = new FuelLimiter(10, interval: 100, queueLimit: 0, () => now);
        limiter.AttemptAcquire(5).Dispose();
        Assert.That(limiter.IdleDuration, Is.Null);
        now = 1_000;
        Assert.That(limiter.IdleDuration, Is.EqualTo(TimeSpan.Zero));
        now = 1_500;
        Assert.That(limiter.IdleDuration, Is.EqualTo(TimeSpan.FromTicks(500)));
    }

    private static PluginResult Call(Plugin plugin, bool isAsync)
    {
        var options = new PluginCallOptions { Tenant = "blue" };
        return isAsync
            ? plugin.CallAsync("run", default, options).GetAwaiter().GetResult()
            : plugin.Call("run", [], options);
    }

    private static Rig Burning(long fuel) => new Rig().Guest("run", guest =>
    {
        guest.ConsumeFuel(fuel);
        return 0;
    });
}
