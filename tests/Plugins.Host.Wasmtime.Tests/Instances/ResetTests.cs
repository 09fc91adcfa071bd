using Plugins.Host.Engines;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Wasmtime.Tests.Instances;

/// <summary>A reset makes a new instance from a prepared one, so only a fresh state can be captured.</summary>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class ResetTests(string library)
{
    private WasmtimeEngine Engine => TestEngines.For(library);

    [Test]
    public void State_RightAfterInstantiation_CanBeCaptured([Values] bool isPooled)
    {
        using var engine = new WasmtimeEngine(TestEngines.Options(library) with
        {
            PooledInstances = isPooled ? 10 : 0,
        });
        using var instance = engine.Instantiate(Counter());
        var count = instance.GetFunction("run");
        Assert.That(instance.TryCapture());
        for (var round = 0; round < 100; round++)
        {
            Assert.That((count(), count()), Is.EqualTo((6, 7)));
            instance.Restore();
        }
    }

    [Test]
    public void State_AfterACall_CannotBeCapturedUntilTheNextReset()
    {
        using var instance = Engine.Instantiate(Counter());
        Assert.That(instance.TryCapture());
        instance.Run();
        Assert.That(instance.TryCapture(), Is.False);
        instance.Restore();
        Assert.That(instance.TryCapture());
    }

    [Test]
    public void State_OfAStartFunction_CannotBeCaptured()
    {
        using var instance = Engine.Instantiate(Counter().Function([], [], code => code.Op(Opcode.Nop)).Start(1));
        Assert.That(instance.TryCapture(), Is.False);
        Assert.That(instance.Restore, Throws.InvalidOperationException);
    }

    [Test]
    public void Reset_WithoutFuel_CostsNone()
    {
        using var instance = Engine.Instantiate(Counter().Table(1_000).Elements(0, 0, 0, 0));
        Assert.That(instance.TryCapture());
        instance.Fuel = 0;
        instance.Restore();
        Assert.That(instance.Fuel, Is.Zero);
    }

    [Test]
    public void Reset_WhenWarm_AllocatesNothing()
    {
        using var instance = Engine.Instantiate(Counter());
        var count = instance.GetFunction("run");
        Assert.That(instance.TryCapture());
        Rounds();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Rounds();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        void Rounds()
        {
            for (var round = 0; round < 100; round++)
            {
                count();
                instance.Restore();
            }
        }
    }

    private static ModuleBuilder Counter() => new ModuleBuilder()
        .Memory(1, export: "memory")
        .Data(0, 5)
        .Function([], [I32], export: "run", code: code => code
            .I32Const(0)
            .I32Const(0).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add).Access(Opcode.I32Store)
            .I32Const(0).Access(Opcode.I32Load));
}
