using System.Buffers;
using System.Net;
using Plugins.Host.Capabilities;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Capabilities.Http.Support;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Tests.Guests;

/// <summary>
/// A call ends at its deadline though what it waits for does not, and the next call of the plugin knows nothing of it.
/// </summary>
/// <remarks>The clock goes on once the guest is where it is to be, and what it waits for ends after the call.</remarks>
[TestFixtureSource(typeof(TestedEngines), nameof(TestedEngines.Available))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(600_000)]
internal sealed class DeadlineTests(TestedEngine tested)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new();
    private bool _isHeld;

    /// <summary>What a guest does that does not end.</summary>
    public enum Wait
    {
        Spin,
        BulkMemory,
        BlockingFunction,
        PendingFunction,
        PendingStore,
        BlockingStore,
        Server,
        PendingInput,
        BlockingInput,
        PendingOutput,
        BlockingOutput,
        SpinningInitialization,
        PendingInitialization,
    }

    // A synchronous call that lends its thread to code which blocks it has that code's time: docs/limits.md says so.
    [TestCase(Wait.Spin, false)]
    [TestCase(Wait.Spin, true)]
    [TestCase(Wait.BulkMemory, false)]
    [TestCase(Wait.BulkMemory, true)]
    [TestCase(Wait.BlockingFunction, true)]
    [TestCase(Wait.PendingFunction, false)]
    [TestCase(Wait.PendingFunction, true)]
    [TestCase(Wait.PendingStore, false)]
    [TestCase(Wait.PendingStore, true)]
    [TestCase(Wait.BlockingStore, true)]
    [TestCase(Wait.Server, false)]
    [TestCase(Wait.Server, true)]
    [TestCase(Wait.PendingInput, true)]
    [TestCase(Wait.BlockingInput, true)]
    [TestCase(Wait.PendingOutput, true)]
    [TestCase(Wait.BlockingOutput, true)]
    [TestCase(Wait.SpinningInitialization, false)]
    [TestCase(Wait.SpinningInitialization, true)]
    [TestCase(Wait.PendingInitialization, false)]
    [TestCase(Wait.PendingInitialization, true)]
    public async Task Call_ThatWaitsForever_EndsAtItsDeadlineAndLeavesNoTrace(Wait wait, bool isAsync)
    {
        using var server = new LyingServer(async (_, cancellation) =>
        {
            _reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
        });
        using var rig = Prepare(wait, server);
        var plugin = rig.Load();
        _isHeld = true;
        var call = wait is Wait.PendingInput or Wait.BlockingInput or Wait.PendingOutput or Wait.BlockingOutput
            ? Stream(plugin, wait)
            : Call(plugin, FunctionOf(wait), Sending.Message("GET", $"http://api.test:{server.Port}/", []), isAsync);
        await _reached.Task;
        Assert.That(async () => await PassTime(rig, call), Throws.TypeOf<PluginTimeException>());

        _isHeld = false;
        Assert.That((await Look(plugin, isAsync)).All(found => found == 0), "while what it waited for goes on");
        _goOn.SetResult();
        for (var round = 0; round < 10; round++)
        {
            Assert.That((await Look(plugin, isAsync)).All(found => found == 0), "while that ends");
        }
    }

    private static string FunctionOf(Wait wait) => wait switch
    {
        Wait.Spin => "spin",
        Wait.BulkMemory => "fill",
        Wait.BlockingFunction => "ask",
        Wait.PendingFunction => "await",
        Wait.PendingStore or Wait.BlockingStore => "variable",
        Wait.Server => "send",
        _ => "look",
    };

    private static Task<PluginResult> Call(Plugin plugin, string function, byte[] input, bool isAsync) => isAsync
        ? plugin.CallAsync(function, input)
        : Task.Factory.StartNew(() => plugin.Call(function, input), TaskCreationOptions.LongRunning);

    private Task<PluginResult> Stream(Plugin plugin, Wait wait)
    {
        var held = new HeldStream(blocks: wait is Wait.BlockingInput or Wait.BlockingOutput);
        _ = held.Asked.Task.ContinueWith(_ => _reached.TrySetResult(), TaskScheduler.Default);
        _ = _goOn.Task.ContinueWith(_ => held.Answer.TrySetResult(), TaskScheduler.Default);
        return wait is Wait.PendingInput or Wait.BlockingInput
            ? plugin.CallAsync("read", held, new MemoryStream())
            : plugin.CallAsync("write", new MemoryStream(), held);
    }

    // In steps, as a real clock's: a call whose thread is blocked is given up some time after it was stopped.
    private static async Task<PluginResult> PassTime(Rig rig, Task<PluginResult> call)
    {
        while (!call.IsCompleted)
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.WhenAny(call, Task.Delay(10));
        }

        return await call;
    }

    /// <summary>What the next call finds in memory, input and results, which is all zero at first.</summary>
    private static async Task<byte[]> Look(Plugin plugin, bool isAsync)
    {
        var output = (await Call(plugin, "look", [], isAsync)).Output.ToArray();
        Assert.That(output, Has.Length.EqualTo(12), "nothing of another call's output");
        return output;
    }

    private Rig Prepare(Wait wait, LyingServer server)
    {
        var initializes = wait is Wait.SpinningInitialization or Wait.PendingInitialization;
        var rig = new Rig(DeadlineModule.Build(initializes), tested).Lists(DeadlineModule.Functions)
            .Asks("test.ask").Asks("test.await").Asks("variables.read").Asks(
                "http.send", required: true, $"http://api.test:{server.Port}");
        rig.Options.Permissions = PermissionCeiling.Anything;
        rig.Options.MeterFuel = false;

        // Code that blocks its thread keeps its instance meanwhile.
        var blocks = wait is Wait.BlockingFunction or Wait.BlockingStore or Wait.BlockingInput or Wait.BlockingOutput;
        rig.Options.MaximumInstances = blocks ? 2 : 1;
        rig.Options.Http = rig.Options.Http with { PrivateHosts = ["*.test"] };
        rig.Options.HostResolver = _ => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        var store = new HeldStore(blocks: wait == Wait.BlockingStore);
        _ = store.Asked.Task.ContinueWith(_ => _reached.TrySetResult(), TaskScheduler.Default);
        _ = _goOn.Task.ContinueWith(_ => store.Answer.TrySetResult(), TaskScheduler.Default);
        rig.Options.Variables = store;
        rig.Options.AddFunction("test.ask", (_, _, result) => Ask(wait, result));
        rig.Options.AddFunction("test.await", (_, _, result, _) => AwaitAsync(wait, result));
        return rig;
    }

    // Tells that the guest is there; blocks where it is to, and has an initialisation spin by any other answer than 0.
    private CapabilityStatus Ask(Wait wait, IBufferWriter<byte> result)
    {
        if (!_isHeld)
        {
            return CapabilityStatus.Success;
        }

        _reached.TrySetResult();
        if (wait == Wait.BlockingFunction)
        {
            _goOn.Task.Wait();
            result.Write("late"u8);
        }

        return CapabilityStatus.NotFound;
    }

    private async ValueTask<CapabilityStatus> AwaitAsync(Wait wait, IBufferWriter<byte> result)
    {
        if (_isHeld && wait != Wait.SpinningInitialization)
        {
            _reached.TrySetResult();
            await _goOn.Task;
            result.Write("late"u8);
        }

        return CapabilityStatus.Success;
    }
}
