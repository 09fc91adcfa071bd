using Plugins.Host.Calls;
using Plugins.Host.Capabilities;
using Plugins.Host.Errors;
using Plugins.Host.Tests.Support;

namespace Plugins.Host.Tests.Calls;

[CancelAfter(600_000)]
internal sealed class CompilationTimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private Rig _rig = null!;
    private TimeSpan _ofThread;
    private TimeSpan _ofProcess;
    private int _looks;

    [SetUp]
    public void CreateRig()
    {
        _ofThread = _ofProcess = TimeSpan.Zero;
        _rig = new Rig();
        _rig.Options.Compilation = new CompilationClock(() => _ofThread, () =>
        {
            Interlocked.Increment(ref _looks);
            return _ofProcess;
        });
    }

    [TearDown]
    public void DisposeRig() => _rig.Dispose();

    [Test]
    public void Call_WhoseTimeWentIntoCompiling_GoesOn()
    {
        _rig.Guest("run", guest =>
        {
            _ofThread = _ofProcess = TimeSpan.FromSeconds(9);
            _rig.Time.Advance(TimeSpan.FromSeconds(9.5));
            AwaitLooks();
            guest.Step();
            return 0;
        });
        var result = _rig.Load().Call("run", []);
        Assert.That(
            (result.Duration, result.CompilationTime),
            Is.EqualTo((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(9))));
    }

    [Test]
    public void Call_ThatCompilesAndThenRunsTooLong_IsOverTime()
    {
        _rig.Guest("run", guest =>
        {
            _ofThread = _ofProcess = TimeSpan.FromSeconds(9);
            _rig.Time.Advance(TimeSpan.FromSeconds(10));
            return guest.SpinForever();
        });
        var failure = Assert.Throws<PluginTimeException>(() => _rig.Load().Call("run", []))!;
        Assert.That((failure.Code, failure.Limit), Is.EqualTo((PluginErrorCode.TimeLimit, TimeSpan.FromSeconds(1))));
    }

    [Test]
    public void Call_StoppedWhileAFunctionIsCompiled_GoesOnAtItsEntry()
    {
        _rig.Guest("run", guest =>
        {
            CompileUnseen(guest);
            guest.Enter();
            guest.Step();
            return 0;
        });
        Assert.That(_rig.Load().Call("run", []).CompilationTime, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void Call_StoppedWhileItsLastFunctionIsCompiled_Succeeds()
    {
        _rig.Guest("run", guest =>
        {
            CompileUnseen(guest);
            return 0;
        });
        using var session = _rig.Load().OpenSession();
        Assert.That(() => session.Call("run", []), Throws.Nothing);
        Assert.That(session.IsFaulted, Is.False);
    }

    [Test]
    public void Call_ThatGoesOn_IsStoppedWhenItsOwnTimeIsOver()
    {
        _rig.Guest("run", guest =>
        {
            CompileUnseen(guest);
            guest.Enter();
            _rig.Time.Advance(TimeSpan.FromSeconds(1));
            return guest.SpinForever();
        });
        Assert.That(() => _rig.Load().Call("run", []), Throws.TypeOf<PluginTimeException>());
    }

    [Test]
    public void Call_CancelledWhileItIsStopped_DoesNotGoOn()
    {
        using var source = new CancellationTokenSource();
        _rig.Guest("run", guest =>
        {
            CompileUnseen(guest, source.Cancel);
            guest.Enter();
            return guest.SpinForever();
        });
        Assert.That(
            () => _rig.Load().Call("run", [], null, source.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Call_ThatCompilesLongerThanGranted_IsStoppedWithItsOwnCode()
    {
        _rig.Guest("run", guest =>
        {
            _ofThread = _ofProcess = TimeSpan.FromSeconds(12);
            _rig.Time.Advance(TimeSpan.FromSeconds(12));
            return guest.SpinForever();
        });
        var failure = Assert.Throws<PluginLimitException>(() => _rig.Load().Call("run", []))!;
        Assert.That(
            (failure.Code, failure.Allowed, failure.Requested),
            Is.EqualTo((PluginErrorCode.CompilationLimit, 10_000, 12_000)));
    }

    [Test]
    public void Call_WhileOthersCompile_IsNotExcusedForLongerThanTheBudget()
    {
        _rig.Guest("run", guest =>
        {
            _ofProcess = TimeSpan.FromHours(1);
            _rig.Time.Advance(TimeSpan.FromSeconds(11));
            return guest.SpinForever();
        });
        Assert.That(() => _rig.Load().Call("run", []), Throws.TypeOf<PluginTimeException>());
    }

    [Test]
    public void HostFunction_AfterAStopThatWasWithdrawn_HasATokenThatIsNotCancelled()
    {
        List<bool> cancelled = [];
        _rig.Uses("look");
        _rig.Options.AddFunction("look", (context, _, _) =>
        {
            cancelled.Add(context.CancellationToken.IsCancellationRequested);
            return CapabilityStatus.Success;
        });
        _rig.Guest("run", guest =>
        {
            guest.Ask("look");
            CompileUnseen(guest);
            guest.Enter();
            return guest.Ask("look").Status;
        });
        _rig.Load().Call("run", []);
        Assert.That(cancelled, Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public void TimeRemaining_AfterCompiling_IsThatOfTheGuestAlone()
    {
        TimeSpan remaining = default;
        _rig.Uses("look");
        _rig.Options.AddFunction("look", (context, _, _) =>
        {
            remaining = context.TimeRemaining;
            return CapabilityStatus.Success;
        });
        _rig.Guest("run", guest =>
        {
            _ofThread = _ofProcess = TimeSpan.FromSeconds(3);
            _rig.Time.Advance(TimeSpan.FromSeconds(3.25));
            return guest.Ask("look").Status;
        });
        _rig.Load().Call("run", []);
        Assert.That(remaining, Is.EqualTo(TimeSpan.FromSeconds(0.75)));
    }

    [Test]
    public void Clock_OfARunningProvider_SeesTheCompiler()
    {
        Assert.That(CompilationClock.For(TimeProvider.System), Is.SameAs(CompilationClock.Runtime));
        Assert.That(CompilationClock.For(new FakeTime()), Is.SameAs(CompilationClock.None));
    }

    /// <summary>Three seconds in the compiler, which nobody sees before they are over.</summary>
    private void CompileUnseen(FakeGuest guest, Action? meanwhile = null)
    {
        _rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(SpinWait.SpinUntil(() => guest.IsInterrupted, Patience));
        meanwhile?.Invoke();
        _ofThread = _ofProcess = TimeSpan.FromSeconds(3);
    }

    /// <summary>Gives the watchdog time to make a mistake.</summary>
    private void AwaitLooks()
    {
        var before = Volatile.Read(ref _looks);
        Assert.That(SpinWait.SpinUntil(() => Volatile.Read(ref _looks) > before + 2, Patience));
    }
}
