using Microsoft.Extensions.DependencyInjection;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>The host waits for the application's asynchronous code: on any thread, never past the deadline.</summary>
[CancelAfter(600_000)]
internal sealed class WaitingTests
{
    private static readonly Func<FakeGuest, int> UsesAllVariables = guest =>
        guest.Ask("variables.read", 1).Status
        + guest.Ask("variables.write", 1, 0, 0, 0, 1, 2).Status
        + guest.Ask("variables.delete", 1).Status
        + guest.Ask("variables.compare_exchange", 1, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 2).Status;

    [Test]
    public void Store_OnAThreadWithAContext_DoesNotWaitForThatThread()
    {
        using var rig = Variables(new YieldingStore()).Guest("run", UsesAllVariables);
        var plugin = rig.Load();
        UnpumpedContext.Run(context =>
        {
            plugin.Call("run", []);
            Assert.That(context.Posted, Is.Zero);
        });
    }

    [Test]
    public void Initialization_OnAThreadWithAContext_DoesNotWaitForThatThread()
    {
        using var rig = Variables(new YieldingStore()).Guest("run", _ => 0);
        rig.Engine.Initialize = guest => UsesAllVariables(guest);
        var plugin = rig.Load();
        UnpumpedContext.Run(_ => plugin.OpenSession().Dispose());
    }

    [Test]
    public void HostFunction_ThatBlocksOnATask_DoesNotWaitForItsThread()
    {
        using var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        rig.Options.AddFunction("own", (_, _) => Answer().GetAwaiter().GetResult());
        var plugin = rig.Load();
        UnpumpedContext.Run(_ => plugin.Call("run", []));

        static async Task<string> Answer()
        {
            await Task.Yield();
            return "";
        }
    }

    [Test]
    public void Services_OnAThreadWithAContext_AreDisposedWithoutThatThread()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var rig = Serving(() => new SlowService(end.Task, blocks: false));
        var plugin = rig.Load();
        UnpumpedContext.Run(context =>
        {
            _ = Task.Run(end.SetResult);
            plugin.Call("run", []);
        });
        Assert.That(rig.Loggers.Entries.Where(entry => entry.Id is 1320 or 1321), Is.Empty);
    }

    [Test]
    public async Task Store_OnASchedulerOfOneTask_DoesNotWaitForThatTask()
    {
        using var rig = Variables(new YieldingStore()).Guest("run", UsesAllVariables);
        var plugin = rig.Load();
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var call = Task.Factory.StartNew(
            () => plugin.Call("run", []), CancellationToken.None, TaskCreationOptions.None, scheduler);
        await call.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Test]
    public void Store_ThatDoesNotAnswer_IsWaitedForUntilTheDeadline([Values] bool isAsync)
    {
        var store = new HeldStore();
        using var rig = Variables(store).Guest("run", guest => Again(guest.Ask("variables.read", 1).Status, guest));
        rig.Guest("other", guest => guest.State);
        var plugin = rig.Load();
        _ = store.Asked.Task.ContinueWith(_ => rig.Time.Advance(TimeSpan.FromSeconds(2)), TaskScheduler.Default);
        Assert.That(() => Call(plugin, "run", isAsync), Throws.TypeOf<PluginTimeException>());
        store.Answer.SetResult();
        Assert.That(() => plugin.Call("other", []), Throws.Nothing);
    }

    [Test]
    public void Store_ThatDoesNotAnswer_IsWaitedForUntilTheCallIsCancelled([Values] bool isAsync)
    {
        var store = new HeldStore();
        using var source = new CancellationTokenSource();
        using var rig = Variables(store).Guest("run", guest => Again(guest.Ask("variables.read", 1).Status, guest));
        var plugin = rig.Load();
        _ = store.Asked.Task.ContinueWith(_ => source.Cancel(), TaskScheduler.Default);
        Assert.That(
            () => Call(plugin, "run", isAsync, source.Token), Throws.InstanceOf<OperationCanceledException>());
        store.Answer.SetResult();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Stream_ThatDoesNotAnswer_IsWaitedForUntilTheDeadline(bool isSource)
    {
        using var rig = new Rig().Guest("run", guest =>
        {
            guest.InputRead(0, 10);
            guest.OutputWrite(0, 10);
            return 0;
        });
        var held = new HeldStream();
        var other = new MemoryStream([1]);
        var plugin = rig.Load();
        var call = plugin.CallAsync("run", isSource ? held : other, isSource ? other : held);
        await held.Asked.Task;
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
        held.Answer.SetResult();
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Services_ThatAreNotDisposedInTime_DoNotHoldTheCallUp([Values] bool isAsync)
    {
        var end = new TaskCompletionSource();
        using var rig = Serving(() => new SlowService(end.Task, blocks: false));
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMilliseconds(20) });
        Assert.That(() => Call(rig.Load(), "run", isAsync), Throws.Nothing);
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1321), Is.EqualTo(1));
        end.SetException(new InvalidOperationException("late"));
        SpinWait.SpinUntil(() => rig.Loggers.Entries.Any(entry => entry.Id == 1320), TimeSpan.FromSeconds(20));
        Assert.That(rig.Loggers.Entries.Count(entry => entry.Id == 1320), Is.EqualTo(1));
    }

    [Test]
    public void Services_ThatCannotBeDisposed_AreAnEntryInTheLog()
    {
        using var rig = Serving(() => new SlowService(Task.FromException(new IOException("gone")), blocks: false));
        Assert.That(() => rig.Load().Call("run", []), Throws.Nothing);
        var entry = rig.Loggers.Entries.Single(entry => entry.Id == 1320);
        Assert.That(entry.Message, Does.Contain("IOException"));
    }

    private static Rig Variables(HeldStore store)
    {
        var rig = Variables();
        rig.Options.Variables = store;
        return rig;
    }

    private static Rig Variables(YieldingStore store)
    {
        var rig = Variables();
        rig.Options.Variables = store;
        return rig;
    }

    private static Rig Variables() => new Rig().Uses("variables.read").Uses("variables.write")
        .Imports("variables.delete").Imports("variables.compare_exchange");

    private static Rig Serving(Func<SlowService> service)
    {
        var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        rig.Options.Services = new ServiceCollection().AddScoped(_ => service()).BuildServiceProvider();
        rig.Options.AddFunction("own", (context, _, _) =>
        {
            _ = context.Services.GetRequiredService<SlowService>();
            return CapabilityStatus.Success;
        });
        return rig;
    }

    private static int Again(int status, FakeGuest guest)
    {
        guest.Step();
        return status;
    }

    private static void Call(Plugin plugin, string function, bool isAsync, CancellationToken cancellation = default)
    {
        if (isAsync)
        {
            plugin.CallAsync(function, default, null, cancellation).GetAwaiter().GetResult();
        }
        else
        {
            plugin.Call(function, [], null, cancellation);
        }
    }
}
