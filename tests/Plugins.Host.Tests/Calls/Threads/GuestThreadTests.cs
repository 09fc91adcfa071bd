using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls.Threads;

/// <summary>Which threads asynchronous calls run on, and how many of them there are.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class GuestThreadTests
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    [TestCase("async", ExpectedResult = false)]
    [TestCase("stream", ExpectedResult = false)]
    [TestCase("variables", ExpectedResult = false)]
    [TestCase("http", ExpectedResult = false)]
    [TestCase("memory", ExpectedResult = true)]
    [TestCase("sync", ExpectedResult = true)]
    [TestCase("denied", ExpectedResult = true)]
    public async Task<bool> Call_ThatMayWait_IsNotOnAThreadOfThePool(string kind)
    {
        var isOfPool = false;
        using var rig = Prepare(kind).Guest("run", guest =>
        {
            isOfPool = Thread.CurrentThread.IsThreadPoolThread;
            return 0;
        });
        var plugin = rig.Load();
        _ = kind == "stream"
            ? await plugin.CallAsync("run", new MemoryStream(), new MemoryStream())
            : await plugin.CallAsync("run", default);
        return isOfPool;
    }

    [Test]
    public async Task Caller_OfAGuestThread_GoesOnElsewhere()
    {
        var guest = 0;
        using var rig = Prepare("async").Guest("run", _ =>
        {
            guest = Environment.CurrentManagedThreadId;
            return 0;
        });
        var plugin = rig.Load();
        for (var index = 0; index < 100; index++)
        {
            await plugin.CallAsync("run", default).ConfigureAwait(false);
            Assert.That(Environment.CurrentManagedThreadId, Is.Not.EqualTo(guest));
        }
    }

    [Test]
    public void Call_ThatGetsNoThread_GivesItsPlacesBack()
    {
        using var rig = Prepare("async").Guest("run", _ => 0);
        rig.Options.MaximumGuestThreads = 1;
        rig.Options.MaximumInstances = 1;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        var plugin = rig.Load();
        var threads = rig.Host.Environment.Threads;
        var start = threads.Starting;
        threads.Starting = _ => throw new ThreadStateException();
        Assert.That(async () => await plugin.CallAsync("run", default), Throws.TypeOf<ThreadStateException>());
        Assert.That(threads.Count, Is.Zero);
        threads.Starting = start;
        Assert.That(async () => await plugin.CallAsync("run", default), Throws.Nothing);
    }

    [Test]
    public async Task Calls_OneAfterTheOther_ShareAThread()
    {
        var threads = new HashSet<int>();
        using var rig = Prepare("async").Guest("run", _ =>
        {
            threads.Add(Environment.CurrentManagedThreadId);
            return 0;
        });
        rig.Options.MaximumGuestThreads = 1;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        var plugin = rig.Load();
        for (var index = 0; index < 100; index++)
        {
            await plugin.CallAsync("run", default);
        }

        Assert.That(threads, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Calls_BeyondTheThreads_WaitForOne()
    {
        using var rig = Waiting();
        rig.Options.MaximumGuestThreads = 2;
        rig.Options.MaximumInstances = 10;
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        var plugin = rig.Load();
        var calls = Enumerable.Range(0, 10).Select(_ => plugin.CallAsync("run", default)).ToList();
        SpinWait.SpinUntil(() => Volatile.Read(ref _asked) == 2, TimeSpan.FromSeconds(20));
        Assert.That(Volatile.Read(ref _asked), Is.EqualTo(2));
        _answer.SetResult();
        await Task.WhenAll(calls);
        Assert.That(Volatile.Read(ref _asked), Is.EqualTo(10));
    }

    [TestCase(1, 10_000)]
    [TestCase(60_000, 0)]
    public async Task Calls_ThatFindNoThread_FailWithATypedError(int patience, int queue)
    {
        using var rig = Waiting();
        rig.Options.MaximumGuestThreads = 1;
        rig.Options.GuestThreadQueueLimit = queue;
        rig.Options.MaximumInstances = 2;
        rig.Options.MaximumInstanceWait = TimeSpan.FromMilliseconds(patience);
        var plugin = rig.Load();
        var first = plugin.CallAsync("run", default);
        var failure =
            (await Assert.ThrowsAsync<PluginLimitException>(() => plugin.CallAsync("run", default)))!;
        Assert.That((failure.Code, failure.Allowed), Is.EqualTo((PluginErrorCode.GuestThreadLimit, 1)));
        await Assert.ThrowsAsync<PluginLimitException>(() => plugin.OpenSession().CallAsync("run", default));
        _answer.SetResult();
        await first;
        Assert.That(async () => await plugin.CallAsync("run", default), Throws.Nothing, "no place was lost");
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public async Task Wait_ForAThread_EndsWhenTheHostIsDisposed()
    {
        using var rig = Waiting();
        rig.Options.MaximumGuestThreads = 1;
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        var plugin = rig.Load();
        var calls = new[] { plugin.CallAsync("run", default), plugin.CallAsync("run", default) };
        rig.Host.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => calls[0]);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => calls[1]);
    }

    [Test]
    public async Task Wait_ForAThread_EndsWhenItsCallerCancels()
    {
        using var source = new CancellationTokenSource();
        using var rig = Waiting();
        rig.Options.MaximumGuestThreads = 1;
        rig.Options.MaximumInstanceWait = Timeout.InfiniteTimeSpan;
        var plugin = rig.Load();
        var first = plugin.CallAsync("run", default);
        var second = plugin.CallAsync("run", default, null, source.Token);
        await source.CancelAsync();
        var failure = (await Assert.CatchAsync<OperationCanceledException>(() => second))!;
        Assert.That(failure.CancellationToken, Is.EqualTo(source.Token));
        _answer.SetResult();
        Assert.That(async () => await first, Throws.Nothing);
    }

    [Test]
    public async Task PendingFunctions_KeepNoThreadOfThePool()
    {
        const int Calls = 400;
        using var rig = Waiting().WithSystemTime();
        rig.Limits(limits => limits with { WallTime = TimeSpan.FromMinutes(5) });
        rig.Options.MaximumInstances = Calls;
        rig.Options.MaximumGuestThreads = Calls;
        var plugin = rig.Load();
        var before = ThreadPool.ThreadCount;
        var calls = Enumerable.Range(0, Calls).Select(_ => plugin.CallAsync("run", default)).ToList();
        SpinWait.SpinUntil(() => Volatile.Read(ref _asked) == Calls, TimeSpan.FromMinutes(2));
        Assert.That(Volatile.Read(ref _asked), Is.EqualTo(Calls), "all of them wait at once");
        Assert.That(ThreadPool.ThreadCount - before, Is.LessThan(Calls / 4));
        _answer.SetResult();
        await Task.WhenAll(calls);
    }

    private static Rig Prepare(string kind)
    {
        var rig = new Rig();
        switch (kind)
        {
            case "async":
                rig.Uses("own").Options.AddFunction(
                    "own", (_, _, _, _) => ValueTask.FromResult(CapabilityStatus.Success));
                break;
            case "denied":
                rig.Imports("own").Asks("own", required: false).Options.AddFunction(
                    "own", (_, _, _, _) => ValueTask.FromResult(CapabilityStatus.Success));
                break;
            case "sync":
                rig.Uses("own").Options.AddFunction("own", (_, _, _) => CapabilityStatus.Success);
                break;
            case "http":
                rig.Imports("http.send").Asks("http.send", required: true, "example.org").Grants("http.send");
                break;
            case "variables":
                rig.Uses("variables.read").Options.Variables = new YieldingStore();
                break;
            case "memory":
                rig.Uses("variables.read");
                break;
        }

        return rig;
    }

    /// <summary>A plugin whose function waits for the answer.</summary>
    private Rig Waiting()
    {
        var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        rig.Options.AddFunction("own", async (_, _, _, _) =>
        {
            Interlocked.Increment(ref _asked);
            await _answer.Task;
            return CapabilityStatus.Success;
        });
        return rig;
    }
}
