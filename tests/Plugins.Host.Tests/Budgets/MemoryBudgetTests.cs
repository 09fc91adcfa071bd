using Plugins.Host.Errors;
using Plugins.Host.Tests.Quotas.Support;
using Plugins.Host.Tests.Support;
using Plugins.Manifest;
using Plugins.Wasm.Types;

namespace Plugins.Host.Tests.Budgets;

/// <summary>Memory of all instances of a plugin, or of the host, together.</summary>
[CancelAfter(600_000)]
internal sealed class MemoryBudgetTests
{
    private const int Page = 64 * 1024;

    [Test]
    public void Call_WithoutRoomForAnInstance_IsRefusedAfterItsPatience([Values] bool isAsync, [Values] bool isOfHost)
    {
        using var rig = new Rig();
        rig.Options.MemoryBudget = isOfHost ? Page : null;
        rig.Options.PluginMemoryBudget = isOfHost ? null : Page;
        rig.Options.MaximumInstanceWait = TimeSpan.FromMilliseconds(1);
        using var held = new HeldCalls(rig);
        held.Hold();
        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync))!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.MemoryBudget));
        Assert.That(failure.Owner, Is.EqualTo(isOfHost ? QuotaOwner.Host : QuotaOwner.Plugin));
        Assert.That(failure.Allowed, Is.EqualTo(Page));
        Assert.That(failure.Phase, Is.EqualTo(PluginPhase.Call));
        held.GoOn();
        Assert.That(() => held.Call(isAsync), Throws.Nothing.After(600_000, 5));
    }

    [TestCase("acme/test", null, 1)]
    [TestCase("acme/test", 4, 1)]
    [TestCase("acme/other", 4, 4)]
    public void Plugin_WithABudgetOfItsOwn_HasThatInPlaceOfTheOneOfEach(string id, int? ofEach, int expected)
    {
        using var rig = new Rig();
        rig.Options.PluginMemoryBudget = ofEach * Page;
        rig.Options.PluginMemoryBudgets = new Dictionary<string, long>(StringComparer.Ordinal) { [id] = Page };
        rig.Options.MaximumInstances = 10;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        using var held = new HeldCalls(rig);
        for (var call = 0; call < expected; call++)
        {
            held.Hold();
        }

        var failure = Assert.Throws<PluginQuotaException>(() => held.Call(isAsync: false))!;
        Assert.That((failure.Owner, failure.Allowed), Is.EqualTo((QuotaOwner.Plugin, (long)expected * Page)));
    }

    [Test]
    public async Task Call_WithoutRoomForAnInstance_WaitsForOne([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MemoryBudget = Page;
        using var held = new HeldCalls(rig);
        held.Hold();
        var call = Task.Run(() => held.Call(isAsync));
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(50)), Is.False);
        held.GoOn();
        await call;
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(1));
    }

    [Test]
    public void Wait_ForRoom_EndsWithTheCallersPatience([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MemoryBudget = Page;
        using var held = new HeldCalls(rig);
        using var source = new CancellationTokenSource();
        held.Hold();
        var call = Task.Run(() => held.Call(isAsync, cancellation: source.Token), CancellationToken.None);
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(20), CancellationToken.None), Is.False);
        source.Cancel();
        Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Wait_ForRoomOfWhatIsDisposed_Ends([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.MemoryBudget = Page;
        using var held = new HeldCalls(rig);
        held.Hold();
        var call = Task.Run(() => held.Call(isAsync));
        Assert.That(call.Wait(TimeSpan.FromMilliseconds(20)), Is.False);
        held.Plugin.Dispose();
        Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Instances_ThatAreIdle_AreGivenBackToOtherTenants([Values] bool isAsync)
    {
        using var rig = new Rig();
        rig.Options.PluginMemoryBudget = 2 * Page;
        using var held = new HeldCalls(rig);
        foreach (var tenant in new[] { "blue", "red", "green", "blue" })
        {
            held.Call(isAsync, tenant);
        }

        Assert.That(Used(rig), Is.EqualTo(2));
        Assert.That(rig.Engine.Guests.Count(guest => !guest.IsDisposed), Is.EqualTo(2));
    }

    [Test]
    public void Instances_ThatAreIdle_AreGivenBackToOtherPlugins()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.MemoryBudget = Page;
        using var first = rig.Load();
        using var second = rig.Load(manifest => manifest with { Id = PluginId.Parse("acme/other") });
        foreach (var plugin in new[] { first, second, first })
        {
            Assert.That(() => plugin.Call("run", []), Throws.Nothing);
            Assert.That(Used(rig), Is.EqualTo(1));
        }
    }

    [Test]
    public void Instances_OfOtherPlugins_AreNoHelpWhereThePluginHasItsOwn()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.PluginMemoryBudget = Page;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        using var other = rig.Load(manifest => manifest with { Id = PluginId.Parse("acme/other") });
        using var plugin = rig.Load();
        using var session = plugin.OpenSession();
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginQuotaException>());
        Assert.That(rig.Engine.Guests[0].IsDisposed, Is.False);
    }

    [Test]
    public void Module_LargerThanTheBudget_IsRefusedAtOnce()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.ExportList[0] = new ExportType("memory", new MemoryType(new Plugins.Wasm.Types.Limits(2, null)), 0);
        rig.Options.MemoryBudget = Page;
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        var failure = Assert.Throws<PluginQuotaException>(() => rig.Load())!;
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.MemoryBudget));
        Assert.That(failure.Phase, Is.EqualTo(PluginPhase.Initialization));
        Assert.That(Used(rig), Is.Zero);
    }

    [Test]
    public void Initialization_ThatGrows_IsWhatFurtherInstancesNeed()
    {
        using var rig = new Rig();
        rig.Engine.Initialize = guest => Assert.That(guest.Grow(2), Is.EqualTo(1));
        rig.Options.MemoryBudget = 5 * Page;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        using var held = new HeldCalls(rig);
        held.Hold();
        Assert.That(() => held.Call(false), Throws.TypeOf<PluginQuotaException>());
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Growth_PastTheBudget_IsRefusedToTheGuest([Values] bool copes)
    {
        using var rig = new Rig().Guest("run", guest => guest.Grow(2) < 0 && !copes ? 1 : 0);
        rig.Options.PluginMemoryBudget = 2 * Page;
        using var plugin = rig.Load();
        if (copes)
        {
            Assert.That(() => plugin.Call("run", []), Throws.Nothing);
        }
        else
        {
            var failure = Assert.Throws<PluginQuotaException>(() => plugin.Call("run", []))!;
            Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.MemoryBudget));
            Assert.That(failure.InnerException, Is.TypeOf<PluginGuestException>());
        }

        Assert.That(Used(rig), Is.EqualTo(1));
    }

    [Test]
    public void Growth_ThatWasRefusedBefore_IsNotToBlameForALaterFailure()
    {
        var isFirst = true;
        using var rig = new Rig().Guest("run", guest =>
        {
            if (isFirst)
            {
                isFirst = false;
                return guest.Grow(2) < 0 ? 0 : 7;
            }

            return 1;
        });
        rig.Options.PluginMemoryBudget = Page;
        using var plugin = rig.Load();
        plugin.Call("run", []);
        Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginGuestException>());
    }

    [Test]
    public void Growth_IsGivenWhatIsIdle()
    {
        using var rig = new Rig().Guest("idle", _ => 0).Guest("grow", guest => guest.Grow(1) < 0 ? 1 : 0);
        rig.Options.MemoryBudget = 2 * Page;
        using var plugin = rig.Load();
        plugin.Call("idle", [], new PluginCallOptions { Tenant = "blue" });
        Assert.That(() => plugin.Call("grow", [], new PluginCallOptions { Tenant = "red" }), Throws.Nothing);
    }

    [Test]
    public void Growth_ThatIdleMemoryWouldNotMakeRoomFor_LeavesItAlone()
    {
        using var rig = new Rig().Guest("idle", _ => 0).Guest("grow", guest => guest.Grow(100) < 0 ? 0 : 1);
        rig.Options.MemoryBudget = 3 * Page;
        using var plugin = rig.Load();
        plugin.Call("idle", [], new PluginCallOptions { Tenant = "blue" });
        plugin.Call("grow", [], new PluginCallOptions { Tenant = "red" });
        Assert.That(rig.Engine.Guests.Exists(guest => guest.IsDisposed), Is.False);
    }

    [Test]
    public void Session_HasItsMemoryUntilItIsDisposed()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Options.MemoryBudget = Page;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        using var plugin = rig.Load();
        using (plugin.OpenSession())
        {
            Assert.That(() => plugin.Call("run", []), Throws.TypeOf<PluginQuotaException>());
            Assert.That(() => plugin.OpenSession(), Throws.TypeOf<PluginQuotaException>());
        }

        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Call_ThatFails_LeavesNothingTaken([Values] bool isAsync)
    {
        using var rig = new Rig().Guest("fail", guest =>
        {
            guest.Grow(1);
            guest.CannotRestore = true;
            return 1;
        });
        rig.Options.MemoryBudget = 2 * Page;
        using var plugin = rig.Load();
        for (var call = 0; call < 5; call++)
        {
            Assert.That(
                () => isAsync
                    ? plugin.CallAsync("fail", default).GetAwaiter().GetResult()
                    : plugin.Call("fail", []),
                Throws.TypeOf<PluginGuestException>());
            Assert.That(Used(rig), Is.Zero);
        }
    }

    [Test]
    public void Initialization_ThatFails_LeavesNothingTaken()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        rig.Engine.Initialize = _ => throw new FakeTrapException(Plugins.Host.Engines.EngineFaultKind.Trap);
        rig.Options.MemoryBudget = Page;
        Assert.That(() => rig.Load(), Throws.TypeOf<PluginTrapException>());
        Assert.That(Used(rig), Is.Zero);
    }

    [Test]
    public void Calls_ThatRace_NeverHaveMoreThanTheBudget()
    {
        const int Pages = 9;
        var (present, most) = (0, 0);
        using var rig = new Rig().Guest("run", guest =>
        {
            var had = guest.Pages;
            for (var growth = 0; growth < 3; growth++)
            {
                guest.Grow(1);
            }

            Max(ref most, Interlocked.Add(ref present, guest.Pages - had));
            Thread.Yield();
            Interlocked.Add(ref present, had - guest.Pages);
            return 0;
        });
        rig.Options.MaximumInstances = 8;
        rig.Options.PluginMemoryBudget = Pages * Page;
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        rig.Options.MaximumLimits = rig.Options.MaximumLimits with { WallTime = TimeSpan.FromMinutes(20) };
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(20) });
        using (var plugin = rig.Load())
        {
            Task.WaitAll([.. Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
            {
                var options = new PluginCallOptions { Tenant = (thread % 3) switch { 0 => null, 1 => "a", _ => "b" } };
                for (var call = 0; call < 200; call++)
                {
                    await plugin.CallAsync("run", default, options);
                    plugin.Call("run", [], options);
                }
            }))]);
            Assert.That(most, Is.InRange(1, Pages));
            var alive = rig.Engine.Guests.Where(guest => !guest.IsDisposed);
            Assert.That(Used(rig), Is.EqualTo(alive.Sum(guest => guest.Pages)));
        }

        Assert.That(Used(rig), Is.Zero);
    }

    private static long Used(Rig rig) => rig.Host.Environment.Memory!.Used;

    private static void Max(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}
