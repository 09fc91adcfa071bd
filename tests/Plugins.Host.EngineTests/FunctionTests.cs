using Plugins.Host.EngineTests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class FunctionTests(TestedEngine tested) : EngineContract(tested)
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(int.MaxValue)]
    [TestCase(int.MinValue)]
    public void Function_OfAnExport_GivesItsResult(int value) =>
        Assert.That(Instantiate(Counting(value)).Run("value"), Is.EqualTo(value));

    [Test]
    public void Function_KeptByTheHost_IsCalledAgainAndAgain()
    {
        var instance = Instantiate(Counting(0));
        var function = instance.GetFunction("count");
        var other = instance.GetFunction("count");
        var action = instance.GetAction("skip");
        Assert.That((function(), function(), other()), Is.EqualTo((1, 2, 3)));
        action();
        Assert.That(function(), Is.EqualTo(5));
    }

    [Test]
    public void Function_OfOneInstance_KnowsNothingOfAnother()
    {
        var module = Compile(Counting(0));
        var first = Create(module);
        var second = Create(module);
        first.Instantiate([]);
        second.Instantiate([]);
        Assert.That((first.Run("count"), first.Run("count"), second.Run("count")), Is.EqualTo((1, 2, 1)));
    }

    [Test]
    public void Call_WhenWarm_AllocatesNothing([Values] bool meterFuel)
    {
        var instance = Create(
            new ModuleBuilder().ImportFunction(Host, "f", [I32, I32], [I32]).Memory(1, export: "memory")
                .Function([], [I32], code => code.I32Const(1).I32Const(2).Call(0), export: "run")
                .Function([], [], code => code.Op(Opcode.Nop), export: "act"),
            meterFuel: meterFuel);
        instance.Instantiate([Import("f", new Func<int, int, int>((a, b) => a + b))]);
        var function = instance.GetFunction("run");
        var action = instance.GetAction("act");
        Measure();
        Assert.That(Measure(), Is.Zero);

        long Measure()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 1_000; round++)
            {
                instance.Fuel = 1_000_000;
                function();
                action();
                instance.ConsumeFuel(1);
                _ = instance.TryGetMemory(0, 8, out _);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [TestCase("missing")]
    [TestCase("")]
    [TestCase("memory")]
    [TestCase("COUNT")]
    public void Export_ThatIsNoFunction_IsMisuse(string name)
    {
        var instance = Instantiate(Counting(0));
        Assert.That(() => instance.GetFunction(name), Throws.TypeOf<KeyNotFoundException>());
        Assert.That(() => instance.GetAction(name), Throws.TypeOf<KeyNotFoundException>());
    }

    [Test]
    public void Export_OfAnotherType_IsMisuse()
    {
        var instance = Instantiate(Counting(0)
            .Function([I32], [I32], code => code.LocalGet(0), export: "one more")
            .Function([], [I64], code => code.I64Const(0), export: "wide"));
        Assert.That(() => instance.GetFunction("skip"), Throws.ArgumentException);
        Assert.That(() => instance.GetFunction("one more"), Throws.ArgumentException);
        Assert.That(() => instance.GetFunction("wide"), Throws.ArgumentException);
        Assert.That(() => instance.GetAction("count"), Throws.ArgumentException);
    }

    [Test]
    public void Function_BeforeInstantiation_IsMisuse()
    {
        var instance = Create(Counting(0));
        Assert.That(() => instance.GetFunction("count"), Throws.InvalidOperationException);
        Assert.That(() => instance.GetAction("skip"), Throws.InvalidOperationException);
        Assert.That(() => instance.TryCapture(), Throws.InvalidOperationException);
    }

    private static ModuleBuilder Counting(int value) => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Global(I32, isMutable: true)
        .Function([], [I32], code => code.I32Const(value), export: "value")
        .Function([], [I32], code => code.GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0).GlobalGet(0),
            export: "count")
        .Function([], [], code => code.GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0), export: "skip");
}
