using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class DisposalTests(TestedEngine tested) : EngineContract(tested)
{
    [Test]
    public void Dispose_Twice_IsHarmless()
    {
        var instance = Instantiate(Calling(), Import("f", new Func<int>(() => 1)));
        instance.Dispose();
        Assert.That(instance.Dispose, Throws.Nothing);
    }

    [Test]
    public void Dispose_BeforeOrAfterAFailedInstantiation_IsHarmless()
    {
        Assert.That(Create(Calling()).Dispose, Throws.Nothing);
        var failed = Create(Calling());
        FaultOf(() => failed.Instantiate([]));
        Assert.That(failed.Dispose, Throws.Nothing);
    }

    [Test]
    public void Instance_Disposed_RefusesCallsAndMemory()
    {
        var instance = Instantiate(Calling(), Import("f", new Func<int>(() => 1)));
        var function = instance.GetFunction("run");
        var action = instance.GetAction("act");
        instance.Dispose();
        Assert.That(() => function(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => action(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(() => instance.Run(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(instance.TryGetMemory(0, 1, out _), Is.False);
    }

    [Test]
    public void Instance_DisposedBeforeItsInstantiation_RefusesIt()
    {
        var instance = Create(Calling());
        instance.Dispose();
        Assert.That(
            () => instance.Instantiate([Import("f", new Func<int>(() => 1))]),
            Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Instance_Disposed_TakesInterruptsFromAnyThread()
    {
        var instance = Instantiate(Calling(), Import("f", new Func<int>(() => 1)));
        instance.Dispose();
        ThreadSet.Run(2, _ =>
        {
            instance.Interrupt();
            instance.ClearInterrupt();
            instance.Dispose();
        });
        Assert.That(() => instance.Run(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Instance_DisposedDuringACall_ServesItsEndAndNoOther()
    {
        using var entered = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        IEngineInstance? instance = null;
        var isMemoryThere = false;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            entered.Set();
            goOn.Wait(Patience);
            isMemoryThere = instance!.TryGetMemory(0, 4, out var span) && span[0] == 5;
            return 1;
        })));
        var running = Task.Run(() => instance.Run());
        Assert.That(entered.Wait(Patience));
        instance.Dispose();
        Assert.That(running.IsCompleted, Is.False);
        goOn.Set();
        Assert.That(running.Wait(Patience));
        Assert.That((running.Result, isMemoryThere), Is.EqualTo((42, true)));
        Assert.That(() => instance.Run(), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(instance.TryGetMemory(0, 4, out _), Is.False);
    }

    [Test]
    public void Instance_DisposedByItsOwnImport_ServesTheCallsEnd([Values] bool inStart)
    {
        IEngineInstance? instance = null;
        instance = Create(inStart ? Calling().Start(2) : Calling());
        var import = Import("f", new Func<int>(() =>
        {
            instance!.Dispose();
            return 1;
        }));
        if (inStart)
        {
            var exception = ExceptionOf(() => instance.Instantiate([import]));
            Assert.That(exception, Is.Null.Or.TypeOf<ObjectDisposedException>());
        }
        else
        {
            instance.Instantiate([import]);
            Assert.That(instance.Run(), Is.EqualTo(42));
        }

        Assert.That(() => instance.Run(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Instance_StoppedAndDisposedDuringACall_EndsInterrupted([Values] bool meterFuel)
    {
        for (var round = 0; round < 50; round++)
        {
            using var entered = new ManualResetEventSlim();
            var instance = Create(Spinning(), meterFuel: meterFuel);
            instance.Fuel = long.MaxValue;
            instance.Instantiate([Import("f", new Func<int>(() => entered.IsSet ? 0 : Signal(entered)))]);
            var running = Task.Run(() => FaultOf(() => instance.Run()).Kind);
            Assert.That(entered.Wait(Patience));
            instance.Interrupt();
            instance.Dispose();
            Assert.That(running.Wait(Patience));
            Assert.That(running.Result, Is.EqualTo(EngineFaultKind.Interrupted));
        }
    }

    [Test]
    public void Dispose_RacingWithTheCall_EndsInEitherWay()
    {
        for (var round = 0; round < 200; round++)
        {
            var instance = Instantiate(Calling(), Import("f", new Func<int>(() => 1)));
            using var begin = new Barrier(2);
            Exception? outcome = null;
            ThreadSet.Run(2, number =>
            {
                begin.SignalAndWait(Patience);
                if (number == 0)
                {
                    instance.Interrupt();
                    instance.Dispose();
                }
                else
                {
                    outcome = ExceptionOf(() => instance.Run());
                }
            });
            var isFault = outcome is not null && Engine.Describe(outcome)?.Kind == EngineFaultKind.Interrupted;
            Assert.That(outcome is null or ObjectDisposedException || isFault, $"{outcome}");
        }
    }

    [Test]
    public void Instances_DisposedInAnyOrder_LeaveTheOthersAlone()
    {
        var module = Compile(Calling());
        var instances = Enumerable.Range(0, 6).Select(number =>
        {
            var instance = Create(module);
            instance.Instantiate([Import("f", new Func<int>(() => number))]);
            return instance;
        }).ToArray();
        foreach (var index in (int[])[3, 0, 5])
        {
            instances[index].Dispose();
        }

        int[] left = [1, 2, 4];
        Assert.That(left.Select(index => instances[index].Run()), Is.EqualTo(left.Select(index => index + 41)));
    }

    private static int Signal(ManualResetEventSlim entered)
    {
        entered.Set();
        return 0;
    }

    private static ModuleBuilder Spinning() => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Memory(1, export: "memory")
        .Function([], [I32], code => code.Loop().Call(0).Drop().Br(0).End().I32Const(0), export: "run");

    // Function 1 is run, 2 is act and may be a start.
    private static ModuleBuilder Calling() => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Memory(1, export: "memory")
        .Data(0, 5)
        .Function([], [I32], export: "run", code: code => code
            .Call(0).I32Const(0).Access(Opcode.I32Load).Op(Opcode.I32Add).I32Const(36).Op(Opcode.I32Add))
        .Function([], [], code => code.Call(0).Drop(), export: "act");
}
