using Plugins.Host.Errors;
using Plugins.Host.Recording;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Recording;

/// <summary>Replays in which the guest does something other than it did.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DivergenceTests : IDisposable
{
    private readonly Rig _rig = new() { LoadOptions = new() { CanonicalizesNaNs = true } };
    private Func<FakeGuest, int> _guest = _ => 0;

    public void Dispose() => _rig.Dispose();

    private static int Asks(FakeGuest guest, params byte[] counts)
    {
        foreach (var count in counts)
        {
            guest.Ask("random.bytes", count, 0, 0, 0);
        }

        return 0;
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Case(guest => Asks(guest, 1, 3), ReplayProblem.OtherRequest, "random.bytes", 1, 0);
        yield return Case(guest => Asks(guest, 1, 2, 3), ReplayProblem.OtherCall, "random.bytes", 2);
        yield return Case(guest => Asks(guest, 1), ReplayProblem.CallsMissing, "random.bytes", 1);
        yield return Case(
            guest => Asks(guest, 1) + guest.Ask("clock.now").Status, ReplayProblem.OtherCall, "clock.now", 1);
        yield return Case(guest => Asks(guest, 1, 2) + 1, ReplayProblem.OtherEnd, "outcome");
        yield return Case(
            guest =>
            {
                guest.Output("more");
                return Asks(guest, 1, 2);
            },
            ReplayProblem.OtherEnd,
            "output");
        yield return Case(
            guest =>
            {
                guest.ConsumeFuel(1);
                return Asks(guest, 1, 2);
            },
            ReplayProblem.OtherEnd,
            "fuel");

        static TestCaseData Case(
            Func<FakeGuest, int> change,
            ReplayProblem problem,
            string subject,
            int? position = null,
            int? offset = null)
            => new TestCaseData(change, problem, subject, position, offset)
                .SetArgDisplayNames(problem.ToString(), subject, position?.ToString() ?? "");
    }

    [TestCaseSource(nameof(Changes))]
    public void Guest_ThatDoesSomethingElse_IsToldWhere(
        Func<FakeGuest, int> change, ReplayProblem problem, string subject, int? position, int? offset)
    {
        var (plugin, recording) = Record(guest => Asks(guest, 1, 2));
        _guest = change;
        var failure = Assert.Throws<PluginReplayException>(() => plugin.Replay(recording))!;
        Assert.That((failure.Problem, failure.Subject), Is.EqualTo((problem, subject)));
        Assert.That((failure.Position, failure.Offset), Is.EqualTo((position, offset)));
        Assert.That(failure.Code, Is.EqualTo(PluginErrorCode.Replay));
    }

    [TestCase("no", "error text")]
    [TestCase("yes", "exit code")]
    public void Failure_OfAnotherKind_IsTold(string text, string subject)
    {
        var (plugin, recording) = Record(guest => Fail(guest, "yes", 1));
        _guest = guest => Fail(guest, text, text == "yes" ? 2 : 1);
        var failure = Assert.Throws<PluginReplayException>(() => plugin.Replay(recording))!;
        Assert.That(failure.Subject, Is.EqualTo(subject));

        static int Fail(FakeGuest guest, string text, int code)
        {
            guest.Error(text);
            return code;
        }
    }

    [TestCase(4)]
    [TestCase(11)]
    public void Stream_ReadOtherwise_IsTold(int length)
    {
        _rig.Guest("run", guest => _guest(guest));
        var plugin = _rig.Load();
        var recorder = new CallRecorder();
        _guest = guest => guest.InputRead(0, 10) - 10;
        plugin.Call("run", new MemoryStream(new byte[10]), new() { Recorder = recorder });
        _guest = guest => guest.InputRead(0, length) - guest.InputRead(0, length);
        var failure = Assert.Throws<PluginReplayException>(() => plugin.Replay(recorder.Recording!))!;
        Assert.That(failure.Problem, Is.EqualTo(ReplayProblem.OtherRead));
        Assert.That(failure.Position, Is.EqualTo(length < 10 ? 0 : 1));
    }

    [Test]
    public void Plugin_WithAnotherModule_Refuses()
    {
        var (plugin, recording) = Record(_ => 0);
        var head = recording.Head with { Module = new string('0', 64) };
        Expect(plugin, head, ReplayProblem.OtherModule, head.Module);
    }

    [Test]
    public void Plugin_WithOtherLimits_NamesTheFirst()
    {
        var (plugin, recording) = Record(_ => 0);
        var limits = recording.Head.Limits with { HostCalls = 5 };
        Expect(plugin, recording.Head with { Limits = limits }, ReplayProblem.OtherLimits, "HostCalls");
        Expect(plugin, recording.Head with { Fuel = long.MaxValue }, ReplayProblem.OtherLimits, "Fuel");
    }

    [Test]
    public void Recording_OfAnUnlistedFunction_IsAnArgumentsFault()
    {
        var (plugin, recording) = Record(_ => 0);
        Assert.That(
            () => plugin.Replay(With(recording, recording.Head with { Function = "other" })),
            Throws.ArgumentException);
    }

    [Test]
    public void Recording_OnAnotherEngine_ComparesNoFuel()
    {
        var (plugin, recording) = Record(guest => Asks(guest, 1, 2));
        var other = With(recording, recording.Head with { EngineVersion = "0", Fuel = long.MaxValue });
        Assert.That(plugin.Replay(other).IsFuelCompared, Is.False);
        var starved = recording.End with { End = PluginErrorCode.FuelLimit };
        Assert.That(
            () => plugin.Replay(new CallRecording(other.Head, recording.Calls, starved)),
            Throws.TypeOf<PluginReplayException>().With.Property("Problem").EqualTo(ReplayProblem.NotReplayable));
    }

    [Test]
    public void Answer_LargerThanALimit_IsNotGiven()
    {
        var (plugin, recording) = Record(guest => Asks(guest, 1));
        RecordedCall[] calls = [recording.Calls[0] with { Result = new byte[(1 << 20) + 1] }];
        Assert.That(
            () => plugin.Replay(new CallRecording(recording.Head, calls, recording.End)),
            Throws.TypeOf<PluginReplayException>().With.Property("Problem").EqualTo(ReplayProblem.OtherLimits));
    }

    private (Plugin Plugin, CallRecording Recording) Record(Func<FakeGuest, int> guest)
    {
        _guest = guest;
        _rig.Uses("random.bytes").Uses("clock.now").Guest("run", guest => _guest(guest));
        var plugin = _rig.Load();
        var recorder = new CallRecorder();
        try
        {
            plugin.Call("run", [], new() { Recorder = recorder });
        }
        catch (PluginGuestException)
        {
            // Recorded as well.
        }

        return (plugin, recorder.Recording!);
    }

    private static void Expect(Plugin plugin, RecordedHead head, ReplayProblem problem, string subject)
    {
        var end = new RecordedEnd
        {
            End = default,
            LacksMemory = false,
            BudgetRefused = false,
            Trap = default,
            ExitCode = 0,
            OutputBytes = 0,
            OutputSha256 = new string('0', 64),
            Fuel = 0,
        };
        var failure = Assert.Throws<PluginReplayException>(() => plugin.Replay(new CallRecording(head, [], end)))!;
        Assert.That((failure.Problem, failure.Subject), Is.EqualTo((problem, subject)));
    }

    private static CallRecording With(CallRecording recording, RecordedHead head) =>
        new(head, recording.Calls, recording.End);
}
