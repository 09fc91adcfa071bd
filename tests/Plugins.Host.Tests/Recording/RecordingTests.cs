using System.Buffers;
using System.Text;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Recording;

/// <summary>Calls that are recorded, written, read and replayed.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RecordingTests : IDisposable
{
    private const int TwoPages = 2 * 64 * 1024;

    private readonly Rig _rig = new() { LoadOptions = new() { CanonicalizesNaNs = true } };

    public void Dispose() => _rig.Dispose();

    [Test]
    public void Call_OfCapabilities_ReplaysWithTheirAnswers()
    {
        var asked = 0;
        _rig.Uses("clock.now").Uses("random.bytes").Uses("variables.read").Uses("rates.find").Guest("run", guest =>
        {
            guest.Output(guest.Ask("clock.now").Result);
            guest.Output(guest.Ask("random.bytes", 8, 0, 0, 0).Result);
            guest.Output([(byte)guest.Ask("variables.read", (byte)'n').Status]);
            guest.Output(guest.Ask("rates.find", guest.ReadInput()).Result);
            return 0;
        });
        _rig.Options.AddFunction("rates.find", (_, _, result) =>
        {
            result.Write([(byte)++asked]);
            return CapabilityStatus.Success;
        });
        var plugin = _rig.Load();
        var (result, recording) = Record(plugin, "EUR"u8.ToArray());
        var replayed = plugin.Replay(recording);
        Assert.That(replayed.Output.ToArray(), Is.EqualTo(result.Output.ToArray()));
        Assert.That(replayed.FuelConsumed, Is.EqualTo(result.FuelConsumed));
        Assert.That((replayed.Failure, replayed.IsFuelCompared, asked), Is.EqualTo(((PluginException?)null, true, 1)));
        Assert.That((recording.CapabilityCalls, recording.Function), Is.EqualTo((4, "run")));
    }

    [Test]
    public void Recording_WrittenAndRead_IsTheSame()
    {
        _rig.Uses("random.bytes").Guest("run", guest => guest.Ask("random.bytes", 8, 0, 0, 0).Status);
        var plugin = _rig.Load();
        var bytes = Record(plugin, [1]).Recording.ToBytes();
        var read = CallRecording.Read(new MemoryStream(bytes));
        Assert.That(read.ToBytes(), Is.EqualTo(bytes));
        Assert.That(() => plugin.Replay(read), Throws.Nothing);
    }

    [TestCase(CapabilityStatus.NotFound)]
    [TestCase(CapabilityStatus.Denied)]
    [TestCase(CapabilityStatus.Failed)]
    public void Call_OfAFunctionThatRefuses_ReplaysItsStatusAndMessage(CapabilityStatus status)
    {
        _rig.Uses("own").Guest("run", guest =>
        {
            var (answer, message) = guest.Ask("own");
            guest.Output([(byte)answer, .. message]);
            return 0;
        });
        _rig.Options.AddFunction("own", (_, _, result) =>
        {
            result.Write("a message"u8);
            return status;
        });
        var plugin = _rig.Load();
        var (result, recording) = Record(plugin);
        Assert.That(plugin.Replay(recording).Output.ToArray(), Is.EqualTo(result.Output.ToArray()));
    }

    [Test]
    public void Call_WhoseFunctionChargesFuel_ReplaysTheCharge()
    {
        _rig.Uses("own").Guest("run", guest => guest.Ask("own").Status);
        _rig.Options.AddFunction("own", (context, _, _) =>
        {
            context.ConsumeFuel(12_345);
            return CapabilityStatus.Success;
        });
        var plugin = _rig.Load();
        var (result, recording) = Record(plugin);
        Assert.That(result.FuelConsumed, Is.AtLeast(12_345));
        Assert.That(plugin.Replay(recording).FuelConsumed, Is.EqualTo(result.FuelConsumed));
    }

    [Test]
    public void Call_ThatRunsOutOfFuelInAFunction_ReplaysSo()
    {
        _rig.Uses("own").Guest("run", guest => guest.Ask("own").Status);
        _rig.Options.AddFunction("own", (context, _, _) =>
        {
            context.ConsumeFuel(long.MaxValue / 4);
            return CapabilityStatus.Success;
        });
        var plugin = _rig.Load();
        var recording = RecordFailure<PluginFuelException>(plugin);
        Assert.That(plugin.Replay(recording).Failure, Is.TypeOf<PluginFuelException>());
    }

    [Test]
    public void Call_ThatTheGuestFails_ReplaysItsCodeAndText()
    {
        _rig.Guest("run", guest =>
        {
            guest.Output("partly");
            guest.Error("no");
            return 7;
        });
        var plugin = _rig.Load();
        var replayed = plugin.Replay(RecordFailure<PluginGuestException>(plugin)).Failure;
        Assert.That((replayed as PluginGuestException)?.ExitCode, Is.EqualTo(7));
        Assert.That(replayed!.GuestMessage, Is.EqualTo("no"));
    }

    [Test]
    public void Call_AtItsHostCallLimit_ReplaysSo()
    {
        _rig.Uses("clock.now").Limits(limits => limits with { HostCalls = 2 }).Guest("run", guest =>
            guest.Ask("clock.now").Status + guest.Ask("clock.now").Status + guest.Ask("clock.now").Status);
        var plugin = _rig.Load();
        var replayed = plugin.Replay(RecordFailure<PluginLimitException>(plugin)).Failure;
        Assert.That(replayed!.Code, Is.EqualTo(PluginErrorCode.HostCallLimit));
    }

    [Test]
    public async Task Call_OverStreams_ReplaysTheirPieces()
    {
        var pieces = new List<int>();
        _rig.Guest("run", guest =>
        {
            pieces.Clear();
            for (int count; (count = guest.InputRead(0, 1_000)) > 0;)
            {
                pieces.Add(count);
                guest.OutputWrite(0, count);
            }

            return 0;
        });
        var plugin = _rig.Load();
        var recorder = new CallRecorder();
        var source = new TricklingSource(5_000);
        var output = new MemoryStream();
        await plugin.CallAsync("run", source, output, new() { Recorder = recorder });
        var then = pieces.ToArray();
        var replayed = plugin.Replay(CallRecording.Read(recorder.Recording!.ToBytes()));
        Assert.That(pieces, Is.EqualTo(then));
        Assert.That((output.Length, replayed.Output.Length), Is.EqualTo((5_000L, 0)));
    }

    [Test]
    public void Initialization_ThatDraws_ReplaysAsPartOfTheCall()
    {
        byte[] seed = [];
        _rig.Engine.Initialize = guest => seed = guest.Ask("random.bytes", 8, 0, 0, 0).Result;
        _rig.Uses("random.bytes").Guest("run", guest =>
        {
            guest.Output(seed);
            return 0;
        });
        var plugin = _rig.Load();
        var (result, recording) = Record(plugin);
        Assert.That(recording.CapabilityCalls, Is.EqualTo(1));
        Assert.That(plugin.Replay(recording).Output.ToArray(), Is.EqualTo(result.Output.ToArray()));
    }

    [Test]
    public void Call_OfAPluginThatGrantsNothing_ReplaysAllTheSame()
    {
        _rig.Uses("clock.now").Guest("run", guest => guest.Ask("clock.now").Status);
        var recording = Record(_rig.Load()).Recording;
        using var other = new Rig { LoadOptions = _rig.LoadOptions }.Imports("clock.now")
            .Asks("clock.now", required: false).Guest("run", guest => guest.Ask("clock.now").Status);
        Assert.That(() => other.Load().Replay(recording), Throws.Nothing);
    }

    [Test]
    public void Recorder_UsedTwice_Refuses()
    {
        _rig.Guest("run", _ => 0);
        var (plugin, options) = (_rig.Load(), new PluginCallOptions { Recorder = new CallRecorder() });
        plugin.Call("run", [], options);
        Assert.That(() => plugin.Call("run", [], options), Throws.InvalidOperationException);
        Assert.That(() => plugin.Call("run", []), Throws.Nothing);
    }

    [Test]
    public void Recorder_InASessionOrWithoutCanonicalNaNs_Refuses()
    {
        _rig.Guest("run", _ => 0);
        using var session = _rig.Load().OpenSession();
        Assert.That(
            () => session.Call("run", [], new() { Recorder = new CallRecorder() }), Throws.InvalidOperationException);
        Assert.That(
            () => _rig.Load().OpenSession(new() { Recorder = new CallRecorder() }), Throws.InvalidOperationException);
        _rig.LoadOptions = new();
        Assert.That(
            () => _rig.Load().Call("run", [], new() { Recorder = new CallRecorder() }),
            Throws.InvalidOperationException);
    }

    [TestCase(99, false)]
    [TestCase(100, true)]
    public void Recorder_AtItsMaximum_HasNoRecordingYetTheCallGoesOn(int maximum, bool fits)
    {
        _rig.Guest("run", _ => 0);
        var recorder = new CallRecorder(new() { MaximumBytes = maximum });
        _rig.Load().Call("run", new byte[100], new() { Recorder = recorder });
        Assert.That((recorder.Recording is not null, recorder.IsTooLarge), Is.EqualTo((fits, !fits)));
    }

    [Test]
    public async Task Call_OverItsTime_HasARecordingThatIsNotReplayed()
    {
        _rig.Guest("run", guest => guest.SpinForever());
        var plugin = _rig.Load();
        var recorder = new CallRecorder();
        var call = plugin.CallAsync("run", new byte[1], new PluginCallOptions { Recorder = recorder });
        while (!call.IsCompleted)
        {
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(call, Task.Delay(10));
        }

        Assert.That(async () => await call, Throws.TypeOf<PluginTimeException>());
        Assert.That(recorder.Recording!.IsReplayable, Is.False);
        Assert.That(
            () => plugin.Replay(recorder.Recording),
            Throws.TypeOf<PluginReplayException>().With.Property("Problem").EqualTo(ReplayProblem.NotReplayable));
    }

    [TestCase(true, false)]
    [TestCase(false, false)]
    [TestCase(true, true)]
    public void Call_RefusedMemoryByABudget_IsRefusedItAgainWhereThereIsNone(bool copes, bool isInitialization)
    {
        var recording = RecordRefusal(copes, isInitialization);
        using var other = Growing(new Rig { LoadOptions = _rig.LoadOptions }, copes, isInitialization);
        var replayed = other.Load().Replay(recording);
        Assert.That(recording.IsReplayable, Is.True);
        Assert.That(
            recording.Outcome, Is.EqualTo(copes ? PluginErrorCode.None : PluginErrorCode.MemoryBudget));
        Assert.That(replayed.Failure, copes ? Is.Null : Is.TypeOf<PluginMemoryException>());
        Assert.That(replayed.Failure?.InnerException, copes ? Is.Null : Is.TypeOf<PluginGuestException>());
    }

    [Test]
    public void Replay_ThatDoesNotGrow_DiffersInThat()
    {
        var recording = RecordRefusal(copes: true, isInitialization: false);
        using var other = new Rig { LoadOptions = _rig.LoadOptions }.Guest("run", _ => 0);
        var failure = Assert.Throws<PluginReplayException>(() => other.Load().Replay(recording))!;
        Assert.That((failure.Problem, failure.Subject), Is.EqualTo((ReplayProblem.OtherEnd, "growth of memory")));
    }

    [Test]
    public void Replay_OfARefusalOnAnotherEngine_IsNone()
    {
        var recording = RecordRefusal(copes: true, isInitialization: false);
        var elsewhere = new CallRecording(recording.Head with { Engine = "other" }, recording.Calls, recording.End);
        using var other = Growing(new Rig { LoadOptions = _rig.LoadOptions }, copes: true, isInitialization: false);
        var failure = Assert.Throws<PluginReplayException>(() => other.Load().Replay(elsewhere))!;
        Assert.That((failure.Problem, failure.Subject), Is.EqualTo((ReplayProblem.NotReplayable, "MemoryBudget")));
    }

    private CallRecording RecordRefusal(bool copes, bool isInitialization)
    {
        Growing(_rig, copes, isInitialization).Options.MemoryBudget = TwoPages;
        var plugin = _rig.Load();
        return copes ? Record(plugin).Recording : RecordFailure<PluginQuotaException>(plugin);
    }

    private static Rig Growing(Rig rig, bool copes, bool isInitialization)
    {
        int Grow(FakeGuest guest) => guest.Grow(2) < 0 && !copes ? 1 : 0;
        rig.Engine.Initialize = guest => Assert.That(isInitialization ? Grow(guest) : 0, Is.Zero);
        return rig.Guest("run", guest => isInitialization ? 0 : Grow(guest));
    }

    [Test]
    public void Replay_RefusedMemoryByABudget_SaysSoWhateverTheGuestDoesThen()
    {
        static int Run(FakeGuest guest) => guest.Grow(2) < 0 ? guest.Ask("clock.now").Status : 0;
        _rig.Uses("clock.now").Guest("run", Run);
        _rig.Options.MemoryBudget = 2 * TwoPages;
        var recording = Record(_rig.Load()).Recording;
        using var other = new Rig { LoadOptions = _rig.LoadOptions }.Uses("clock.now").Guest("run", Run);
        other.Options.MemoryBudget = TwoPages;
        var failure = Assert.Throws<PluginReplayException>(() => other.Load().Replay(recording))!;
        Assert.That((failure.Problem, failure.Subject), Is.EqualTo((ReplayProblem.OtherLimits, "MemoryBudget")));
    }

    private static (PluginResult Result, CallRecording Recording) Record(Plugin plugin, params byte[] input)
    {
        var recorder = new CallRecorder();
        var result = plugin.Call("run", input, new() { Recorder = recorder });
        return (result, CallRecording.Read(recorder.Recording!.ToBytes()));
    }

    private static CallRecording RecordFailure<T>(Plugin plugin)
        where T : PluginException
    {
        var recorder = new CallRecorder();
        Assert.That(() => plugin.Call("run", [], new() { Recorder = recorder }), Throws.TypeOf<T>());
        return CallRecording.Read(recorder.Recording!.ToBytes());
    }

    private sealed class TricklingSource(int length) : MemoryStream(new byte[length])
    {
        private int _piece;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span[..Math.Min(buffer.Length, (++_piece * 37) % 900)]));
    }
}
