using System.Buffers;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>A call that is stopped while an asynchronous function of the application is pending.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class PendingFunctionTests
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _token;

    public enum Stop
    {
        Deadline,
        Cancellation,
        Disposal,
    }

    [Test]
    public async Task Function_ThatHeedsItsToken_IsToldOfTheStop([Values] Stop stop, [Values] bool isAsync)
    {
        using var rig = Prepare(async (_, _, _, token) =>
        {
            _asked.SetResult();
            _token = token;
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return CapabilityStatus.Success;
        });
        await StopWhileAsked(rig, stop, isAsync);
        Assert.That(_token.IsCancellationRequested);
        Assert.That(rig.Loggers.Entries.Where(entry => entry.Id == 1310), Is.Empty, "heeding the token is no fault");
    }

    [Test]
    public async Task Function_ThatIgnoresItsToken_HoldsNoCallerUp([Values] Stop stop, [Values] bool isAsync)
    {
        using var rig = Prepare(async (_, _, _, _) =>
        {
            _asked.SetResult();
            await _answer.Task;
            return CapabilityStatus.Success;
        });
        await StopWhileAsked(rig, stop, isAsync);
        _answer.SetResult();
    }

    [Test]
    public async Task Function_ThatIsLeftBehind_ReachesNoLaterCall([Values] bool isAsync)
    {
        var late = new TaskCompletionSource<Exception?>();
        PluginCallContext? context = null;
        using var rig = Prepare(async (ofCall, request, result, _) =>
        {
            if (request.Length > 0)
            {
                result.Write(request.Span);
                return CapabilityStatus.Success;
            }

            context = ofCall;
            _asked.SetResult();
            await _answer.Task;
            late.SetResult(Assert.Catch(() => result.Write("late"u8)));
            return CapabilityStatus.Success;
        });
        await StopWhileAsked(rig, Stop.Deadline, isAsync);
        var plugin = rig.Load();
        _answer.SetResult();
        Assert.That(await late.Task, Is.InstanceOf<InvalidOperationException>(), "its writer is closed");
        Assert.That(() => context!.ConsumeFuel(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => plugin.Call("echo", []), Throws.Nothing);
        Assert.That(rig.Loggers.Entries.Where(entry => entry.Id == 1310), Is.Empty);
    }

    [Test]
    public async Task Instance_WhoseFunctionWasLeftBehind_ServesTheNextCallFromItsFirstState()
    {
        using var rig = Prepare(async (_, request, result, _) =>
        {
            if (request.Length == 0)
            {
                _asked.TrySetResult();
                await _answer.Task;
            }

            result.Write(request.Span);
            return CapabilityStatus.Success;
        });
        rig.Options.MaximumInstances = 1;
        var plugin = rig.Load();
        var call = plugin.CallAsync("run", default);
        await _asked.Task;
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
        Assert.That(() => plugin.Call("echo", []), Throws.Nothing);
        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1), "nothing of the call is in it");
        _answer.SetResult();
        Assert.That(() => plugin.Call("echo", []), Throws.Nothing);
    }

    private static Rig Prepare(AsyncHostFunction function)
    {
        var rig = new Rig().Uses("own").Guest("run", guest =>
        {
            guest.Ask("own");
            return guest.SpinForever();
        }).Guest("echo", guest => guest.Ask("own", "x"u8).Result is [(byte)'x'] ? 0 : 1);
        rig.Options.AddFunction("own", function);
        return rig;
    }

    private async Task StopWhileAsked(Rig rig, Stop stop, bool isAsync)
    {
        using var source = new CancellationTokenSource();
        var plugin = rig.Load();
        var session = plugin.OpenSession();
        var call = isAsync
            ? session.CallAsync("run", default, null, source.Token)
            : Task.Run(() => session.Call("run", [], null, source.Token), CancellationToken.None);
        await _asked.Task;
        switch (stop)
        {
            case Stop.Deadline:
                rig.Time.Advance(TimeSpan.FromSeconds(2));
                Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
                break;
            case Stop.Cancellation:
                await source.CancelAsync();
                Assert.That(async () => await call, Throws.InstanceOf<OperationCanceledException>());
                break;
            default:
                rig.Host.Dispose();
                Assert.That(async () => await call, Throws.TypeOf<ObjectDisposedException>());
                break;
        }
    }
}
