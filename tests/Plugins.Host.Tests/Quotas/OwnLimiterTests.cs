using System.Threading.RateLimiting;
using Plugins.Host.Errors;
using Plugins.Host.Quotas;
using Plugins.Host.Tests.Quotas.Support;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Quotas;

/// <summary>Limiters that the application supplies.</summary>
[CancelAfter(600_000)]
internal sealed class OwnLimiterTests
{
    [Test]
    public void Limiter_OfCalls_IsToldWhoCalls()
    {
        var keys = new List<PluginCallKey>();
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(key =>
        {
            keys.Add(key);
            return RateLimitPartition.GetNoLimiter("");
        });
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.CallLimiter = limiter;
        rig.Load().Call("run", [], new PluginCallOptions { Tenant = "blue" });
        Assert.That(keys.Distinct().Single(), Is.EqualTo(new PluginCallKey(
            Plugins.Manifest.PluginId.Parse("acme/test"), IsSigned: false, "blue", Depth: 0)));
    }

    [Test]
    public void Limiter_ThatRefuses_TellsWhenToTryAgain([Values] bool isAsync)
    {
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ =>
            RateLimitPartition.GetFixedWindowLimiter("", _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = 1, Window = TimeSpan.FromHours(1),
            }));
        using var rig = new Rig();
        rig.Options.CallLimiter = limiter;
        using var held = new HeldCalls(rig);
        held.Call(isAsync);
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.CallRateLimit));
        Assert.That(failure.Owner, Is.EqualTo(QuotaOwner.Application));
        Assert.That(failure.RetryAfter, Is.GreaterThan(TimeSpan.FromMinutes(30)));
        Assert.That(failure.Allowed, Is.Null);
    }

    [Test]
    public void Limiter_OfCallsAtATime_GetsItsPermitBack([Values] bool isAsync)
    {
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ =>
            RateLimitPartition.GetConcurrencyLimiter("", _ => new ConcurrencyLimiterOptions { PermitLimit = 1 }));
        using var rig = new Rig();
        rig.Options.CallLimiter = limiter;
        using var held = new HeldCalls(rig);
        held.Call(isAsync);
        held.Call(isAsync);
        held.Hold();
        Assert.That(() => held.Call(isAsync), Throws.TypeOf<PluginQuotaException>());
    }

    [Test]
    public void Limiter_ThatFailsAtTheEnd_KeepsNoOtherPlace([Values] bool isAsync)
    {
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ =>
            RateLimitPartition.Get("", _ => new UnreturnableLimiter()));
        using var rig = new Rig();
        rig.Options.CallLimiter = limiter;
        rig.Options.TenantQuota = new CallQuota { ConcurrentCalls = 1, QueueLimit = 0 };
        rig.Options.PluginQuota = new CallQuota { ConcurrentCalls = 1, QueueLimit = 0 };
        using var held = new HeldCalls(rig);
        held.Call(isAsync, "blue");
        Assert.That(() => held.Call(isAsync, "blue"), Throws.Nothing);
        Assert.That(() => held.Call(isAsync, "red"), Throws.Nothing);
    }

    [Test]
    public void Limiter_OfFuelWithoutDebts_IsAskedForWhatItHas()
    {
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ =>
            RateLimitPartition.GetTokenBucketLimiter("", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = 100,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromHours(1),
                AutoReplenishment = false,
            }));
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.ConsumeFuel(60);
            return 0;
        });
        rig.Options.FuelLimiter = limiter;
        var plugin = rig.Load();
        plugin.Call("run", []);
        plugin.Call("run", []);
        var failure = Assert.Throws<PluginQuotaException>(() => plugin.Call("run", []))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.FuelRateLimit));
        Assert.That(failure.Owner, Is.EqualTo(QuotaOwner.Application));
    }

    [Test]
    public void Limiter_ThatThrows_FailsTheCallThatAsksAndNoOther([Values] bool isAsync)
    {
        var isBroken = true;
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ => isBroken
            ? throw new TimeoutException("The limiter is gone.")
            : RateLimitPartition.GetNoLimiter(""));
        using var rig = new Rig();
        rig.Options.CallLimiter = limiter;
        rig.Options.PluginQuota = new CallQuota { ConcurrentCalls = 1, MaximumWait = TimeSpan.Zero };
        using var held = new HeldCalls(rig);
        Assert.That(() => held.Call(isAsync), Throws.TypeOf<TimeoutException>());
        isBroken = false;
        Assert.That(() => held.Call(isAsync), Throws.Nothing);
    }

    [Test]
    public void Limiter_OfFuelThatThrowsAfterACall_ChangesNothing()
    {
        var questions = 0;
        using var limiter = PartitionedRateLimiter.Create<PluginCallKey, string>(_ => ++questions > 1
            ? throw new TimeoutException("The limiter is gone.")
            : RateLimitPartition.GetNoLimiter(""));
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.ConsumeFuel(5);
            return 0;
        });
        rig.Options.FuelLimiter = limiter;
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
    }
}
