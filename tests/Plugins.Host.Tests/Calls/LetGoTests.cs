using System.Buffers;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Foreign;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

/// <summary>An asynchronous caller gets its answer though the application's code does not return.</summary>
[CancelAfter(600_000)]
internal sealed class LetGoTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(2);

    [Test]
    public async Task HostFunction_ThatDoesNotReturn_HoldsNoAsynchronousCallerUp()
    {
        using var rig = new Rig();
        var function = new BlockingFunction();
        var plugin = Load(rig, function);
        var call = plugin.CallAsync("run", default, new PluginCallOptions { CallId = "alice" });
        await function.Entered.Task;
        Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>());
        Assert.That(() => function.Context!.ConsumeFuel(1), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(function.Context!.CancellationToken.IsCancellationRequested);

        Assert.That(() => plugin.Call("run", [1]), Throws.Nothing, "another instance serves meanwhile");
        function.GoOn();
        SpinWait.SpinUntil(() => rig.Engine.Guests[0].IsDisposed, TimeSpan.FromSeconds(20));
        Assert.That(rig.Engine.Guests[0].IsDisposed, "what was left behind serves nobody");
        Assert.That(function.GuestWentOn, Is.False, "the guest must not run, for its caller has its memory back");
        Assert.That(() => function.Writer!.GetSpan(1), Throws.InvalidOperationException);
    }

    [Test]
    public async Task HostFunction_ThatDoesNotReturn_KeepsItsPlace()
    {
        using var rig = new Rig();
        rig.Options.MaximumInstances = 1;
        rig.Options.MaximumInstanceWait = TimeSpan.Zero;
        var function = new BlockingFunction();
        var plugin = Load(rig, function);
        var call = plugin.CallAsync("run", default);
        await function.Entered.Task;
        Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>());
        Assert.That(() => plugin.Call("run", [1]), Throws.TypeOf<PluginLimitException>());
        function.GoOn();
        Assert.That(
            () => plugin.Call("run", [1]), Throws.Nothing.After(20_000, 10), "the place is free in the end");
    }

    [Test]
    public async Task Cancellation_WhileAHostFunctionBlocks_IsAnsweredAtOnce()
    {
        using var rig = new Rig();
        using var source = new CancellationTokenSource();
        var function = new BlockingFunction();
        var call = Load(rig, function).CallAsync("run", default, null, source.Token);
        await function.Entered.Task;
        source.Cancel();
        var failure = (await Assert.CatchAsync<OperationCanceledException>(() => Patiently(call, rig, TimeSpan.Zero)))!;
        Assert.That(failure.CancellationToken, Is.EqualTo(source.Token));
        function.GoOn();
    }

    [Test]
    public async Task Disposal_WhileAHostFunctionBlocks_IsAnsweredAtOnce(
        [Values("plugin", "session", "host")] string of)
    {
        using var rig = new Rig();
        var function = new BlockingFunction();
        var plugin = Load(rig, function);
        var session = plugin.OpenSession();
        var call = (of == "session" ? (PluginCaller)session : plugin).CallAsync("run", default);
        await function.Entered.Task;
        switch (of)
        {
            case "session": session.Dispose(); break;
            case "host": rig.Host.Dispose(); break;
            default:
                plugin.Dispose();
                Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>(), "it lets running calls end");
                function.GoOn();
                return;
        }

        Assert.That(Await(call, rig), Throws.TypeOf<ObjectDisposedException>());
        function.GoOn();
        SpinWait.SpinUntil(() => rig.Engine.Guests.TrueForAll(guest => guest.IsDisposed), TimeSpan.FromSeconds(20));
        plugin.Dispose();
        Assert.That(rig.Engine.Guests.TrueForAll(guest => guest.IsDisposed));
    }

    [Test]
    public async Task Session_WhoseCallWasLeftBehind_CanBeReset()
    {
        using var rig = new Rig();
        var function = new BlockingFunction();
        using var session = Load(rig, function).OpenSession();
        var call = session.CallAsync("run", default);
        await function.Entered.Task;
        Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>());
        Assert.That(session.IsFaulted);
        Assert.That(() => session.Call("run", [1]), Throws.InvalidOperationException);
        session.Reset();
        Assert.That(() => session.Call("run", [1]), Throws.Nothing);
        function.GoOn();
        SpinWait.SpinUntil(() => rig.Engine.Guests[1].IsDisposed, TimeSpan.FromSeconds(20));
        Assert.That(rig.Engine.Guests[1].IsDisposed);
    }

    [Test]
    public async Task Logger_ThatDoesNotReturn_HoldsNoAsynchronousCallerUp()
    {
        using var rig = new Rig();
        using var loggers = new BlockingLoggers();
        rig.Options.LoggerFactory = loggers;
        rig.Guest("run", guest =>
        {
            guest.Log(2, "a line");
            return 0;
        });
        var plugin = rig.Load();
        loggers.Blocks = true;
        var call = plugin.CallAsync("run", default);
        await loggers.Entered.Task;
        Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>());
        loggers.GoOn();
    }

    [Test]
    public async Task Services_WhoseDisposalBlocks_LeaveTheCallItsResult()
    {
        using var rig = new Rig().Uses("own");
        var end = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        rig.Options.Services = new BlockingScopes(entered, end.Task);
        rig.Guest("run", guest =>
        {
            guest.Output("done");
            return guest.Ask("own").Status;
        });
        rig.Options.AddFunction("own", (context, _) => context.Services is null ? null : "");
        var call = rig.Load().CallAsync("run", default);
        await entered.Task;
        rig.Time.Advance(Long);
        var result = await Patiently(call, rig, TimeSpan.FromMilliseconds(100));
        Assert.That(result.Output.ToArray(), Is.EqualTo("done"u8.ToArray()));
        end.SetResult();
    }

    [Test]
    public async Task Writer_ThatDoesNotReturn_HoldsNoCallerUp()
    {
        using var rig = new Rig().Guest("run", _ => 0);
        var writer = new BlockingWriter();
        var call = rig.Load().CallAsync("run", default, writer);
        await writer.Entered.Task;
        Assert.That(Await(call, rig), Throws.TypeOf<PluginTimeException>());
        writer.GoOn.SetResult();
    }

    [Test]
    public void HostFunction_ThatReturnsInTime_IsWaitedFor()
    {
        using var rig = new Rig().Uses("own").Guest("run", guest => guest.Ask("own").Status);
        rig.Options.AddFunction("own", (_, _) => "");
        var plugin = rig.Load();
        for (var round = 0; round < 1_000; round++)
        {
            plugin.CallAsync("run", default).GetAwaiter().GetResult();
        }

        Assert.That(rig.Engine.Guests, Has.Count.EqualTo(1));
    }

    private static Plugin Load(Rig rig, BlockingFunction function)
    {
        rig.Options.AddFunction("own", function.Invoke);
        return rig.Uses("own").Guest("run", function.Run).Load();
    }

    private static Func<Task> Await(Task<PluginResult> call, Rig rig) => () =>
    {
        rig.Time.Advance(Long);
        return Patiently(call, rig, TimeSpan.FromMilliseconds(100));
    };

    /// <summary>Waits while the rig's time goes on in steps, as a real clock's does.</summary>
    private static async Task<PluginResult> Patiently(Task<PluginResult> call, Rig rig, TimeSpan step)
    {
        for (var round = 0; round < 2_000 && !call.IsCompleted; round++)
        {
            await Task.WhenAny(call, Task.Delay(10));
            rig.Time.Advance(step == TimeSpan.Zero ? TimeSpan.FromMilliseconds(10) : step);
        }

        Assert.That(call.IsCompleted, "nobody let the caller go");
        return await call;
    }

    private sealed class BlockingFunction
    {
        private readonly TaskCompletionSource _goOn = new();

        internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal PluginCallContext? Context { get; private set; }

        internal IBufferWriter<byte>? Writer { get; private set; }

        internal bool GuestWentOn { get; private set; }

        internal void GoOn() => _goOn.SetResult();

        /// <summary>Blocks where the input is empty.</summary>
        internal int Run(FakeGuest guest)
        {
            if (guest.InputLength() == 0)
            {
                guest.Ask("own");
                GuestWentOn = true;
            }

            return 0;
        }

        internal CapabilityStatus Invoke(
            PluginCallContext context, ReadOnlySpan<byte> request, IBufferWriter<byte> result)
        {
            _ = context.CancellationToken;
            (Context, Writer) = (context, result);
            Entered.SetResult();
            _goOn.Task.Wait();
            return CapabilityStatus.Success;
        }
    }

    private sealed class BlockingWriter : IBufferWriter<byte>
    {
        internal TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal TaskCompletionSource GoOn { get; } = new();

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => new byte[1];

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            Entered.TrySetResult();
            GoOn.Task.Wait();
            return new byte[Math.Max(sizeHint, 1)];
        }
    }
}
