using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>What a function of the host may do while a guest waits for it: throw, and call the guest again.</summary>
internal sealed class ImportTests(TestedEngine tested) : EngineContract(tested)
{
    [TestCase("f0")]
    [TestCase("f2")]
    [TestCase("f2r")]
    [TestCase("f3")]
    public void Exception_OfAnImport_ReachesTheCallerUnchanged(string shape)
    {
        var thrown = new TimeZoneNotFoundException("the host's own");
        var instance = Instantiate(EveryShape(), Throwing(() => throw thrown));
        for (var round = 0; round < 3; round++)
        {
            Assert.That(Assert.Catch(() => instance.Run(shape)), Is.SameAs(thrown));
            Assert.That(instance.Run("seven"), Is.EqualTo(7));
        }

        Assert.That(Engine.Describe(thrown), Is.Null);
    }

    [Test]
    public void Exception_OfAnImportInStart_ReachesTheCallerUnchanged()
    {
        var thrown = new TimeZoneNotFoundException("the host's own");
        var instance = Create(EveryShape().Start(4));
        Assert.That(
            Assert.Catch(() => instance.Instantiate(Throwing(() => throw thrown))), Is.SameAs(thrown));
    }

    [Test]
    public void Exception_ThroughNestedCalls_ReachesTheOuterCallerUnchanged([Values(1, 2, 10)] int nesting)
    {
        var thrown = new TimeZoneNotFoundException("the host's own");
        IEngineInstance? instance = null;
        var level = 0;
        instance = Instantiate(
            Calling(), Import("f", new Func<int>(() => ++level < nesting ? instance!.Run() : throw thrown)));
        Assert.That(Assert.Catch(() => instance.Run()), Is.SameAs(thrown));
        Assert.That((level, instance.Run("seven")), Is.EqualTo((nesting, 7)));
    }

    [Test]
    public void Exception_CaughtByAnOuterImport_LetsTheGuestGoOn()
    {
        IEngineInstance? instance = null;
        var level = 0;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            if (level++ > 0)
            {
                throw new TimeZoneNotFoundException();
            }

            Assert.That(() => instance!.Run(), Throws.TypeOf<TimeZoneNotFoundException>());
            return 41;
        })));
        Assert.That(instance.Run(), Is.EqualTo(42));
    }

    [Test]
    public void Exception_OfOneCall_IsNotThrownByTheNext()
    {
        var throws = true;
        var instance = Instantiate(
            Calling(), Import("f", new Func<int>(() => throws ? throw new TimeZoneNotFoundException() : 1)));
        Assert.That(() => instance.Run(), Throws.TypeOf<TimeZoneNotFoundException>());
        throws = false;
        Assert.That(instance.Run(), Is.EqualTo(2));
        Assert.That(TrapOf(() => instance.Run("fail")), Is.EqualTo(TrapCode.Unreachable));
    }

    [Test]
    public void Exception_OfAnImport_LeavesTheInstanceToOtherThreads()
    {
        var throws = true;
        var instance = Instantiate(
            Calling(), Import("f", new Func<int>(() => throws ? throw new TimeZoneNotFoundException() : 1)));
        Assert.Catch(() => instance.Run());
        throws = false;
        ThreadSet.Run(1, _ => Assert.That(instance.Run(), Is.EqualTo(2)));
    }

    [Test]
    public void Trap_OfTheEngineItself_PassesThroughAnImport()
    {
        IEngineInstance? instance = null;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() => instance!.Run("fail"))));
        Assert.That(TrapOf(() => instance.Run()), Is.EqualTo(TrapCode.Unreachable));
        Assert.That(instance.Run("seven"), Is.EqualTo(7));
    }

    [Test]
    public void Trap_OfAnotherInstance_PassesThroughAnImportAsItIs()
    {
        var other = Instantiate(Calling(), Import("f", new Func<int>(() => 0)));
        Exception? inner = null;
        var instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            inner = Assert.Catch(() => other.Run("fail"));
            throw inner!;
        })));
        Assert.That(Assert.Catch(() => instance.Run()), Is.SameAs(inner));
    }

    [Test]
    public void Guest_CalledByAnImport_SharesTheStateOfTheOuterCall()
    {
        IEngineInstance? instance = null;
        instance = Instantiate(
            new ModuleBuilder().ImportFunction(Host, "f", [], [I32])
                .Memory(1, export: "memory")
                .Global(I32, isMutable: true)
                .Function([], [I32], export: "run", code: code => code
                    .I32Const(5).GlobalSet(0).Call(0).GlobalGet(0).Op(Opcode.I32Mul))
                .Function([], [I32], export: "inner", code: code => code
                    .GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0).GlobalGet(0)),
            Import("f", new Func<int>(() => instance!.Run("inner"))));
        Assert.That(instance.Run(), Is.EqualTo(36));
    }

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(100)]
    public void Guest_AndHostCallingEachOther_Return(int depth)
    {
        IEngineInstance? instance = null;
        var level = 0;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() => ++level < depth ? instance!.Run() : 0)));
        Assert.That(instance.Run(), Is.EqualTo(depth));
    }

    [Test]
    public void Guest_CalledByAnImport_MayTrapWithoutEndingTheOuterCall([Values(1, 100)] int times)
    {
        IEngineInstance? instance = null;
        instance = Instantiate(Calling(), Import("f", new Func<int>(() =>
        {
            for (var round = 0; round < times; round++)
            {
                Assert.That(TrapOf(() => instance!.Run("fail")), Is.EqualTo(TrapCode.Unreachable));
            }

            return instance!.Run("seven");
        })));
        Assert.That(instance.Run(), Is.EqualTo(8));
    }

    [Test]
    public void Instance_CalledByAnImportOfAnother_Answers()
    {
        var inner = Instantiate(Calling(), Import("f", new Func<int>(() => 1)));
        var middle = Instantiate(Calling(), Import("f", new Func<int>(() => inner.Run())));
        var outer = Instantiate(Calling(), Import("f", new Func<int>(() => middle.Run())));
        Assert.That(outer.Run(), Is.EqualTo(4));
    }

    [Test]
    public void Instance_MadeAndDroppedByAnImport_LeavesTheOuterCallAlone()
    {
        var module = Compile(Calling());
        var outer = Create(module);
        outer.Instantiate([Import("f", new Func<int>(() =>
        {
            using var inner = module.CreateInstance(Limits);
            inner.Fuel = Plenty;
            inner.Instantiate([Import("f", new Func<int>(() => 1))]);
            return inner.Run();
        }))]);
        Assert.That(outer.Run(), Is.EqualTo(3));
    }

    [Test]
    public void Guest_CalledByAnImportInStart_IsNotThereYet()
    {
        IEngineInstance? instance = null;
        Exception? refusal = null;
        instance = Create(Calling().Function([], [], code => code.Call(0).Drop()).Start(4));
        instance.Instantiate([Import("f", new Func<int>(() =>
        {
            refusal = Assert.Catch(() => instance!.Run("seven"));
            return 1;
        }))]);
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
        Assert.That(instance.Run("seven"), Is.EqualTo(7));
    }

    private static ModuleBuilder Calling() => new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .Function([], [I32], code => code.Call(0).I32Const(1).Op(Opcode.I32Add), export: "run")
        .Function([], [I32], code => code.Op(Opcode.Unreachable), export: "fail")
        .Function([], [I32], code => code.I32Const(7), export: "seven");

    // Functions 0 to 3 are imports, 4 calls the first and is a start.
    private static ModuleBuilder EveryShape() => new ModuleBuilder()
        .ImportFunction(Host, "f0", [], [I32])
        .ImportFunction(Host, "f2", [I32, I32], [])
        .ImportFunction(Host, "f2r", [I32, I32], [I32])
        .ImportFunction(Host, "f3", [I32, I32, I32], [])
        .Function([], [], code => code.Call(0).Drop())
        .Function([], [I32], code => code.Call(0), export: "f0")
        .Function([], [I32], code => code.I32Const(1).I32Const(2).Call(1).I32Const(1), export: "f2")
        .Function([], [I32], code => code.I32Const(1).I32Const(2).Call(2), export: "f2r")
        .Function([], [I32], code => code.I32Const(1).I32Const(2).I32Const(3).Call(3).I32Const(1), export: "f3")
        .Function([], [I32], code => code.I32Const(7), export: "seven");

    private static HostImport[] Throwing(Func<int> action) =>
    [
        Import("f0", action),
        Import("f2", new Action<int, int>((_, _) => action())),
        Import("f2r", new Func<int, int, int>((_, _) => action())),
        Import("f3", new Action<int, int, int>((_, _, _) => action())),
    ];
}
