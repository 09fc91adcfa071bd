using Plugins.Host.Engines;
using Plugins.Host.Errors;
using Plugins.Host.Wasmtime.Tests.Support;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.Wasmtime.Tests;

/// <summary>What docs/engines.md lists as different from the embedded engine.</summary>
/// <remarks>What the seam tells apart by traits is tested both ways in the engines' contract.</remarks>
[TestFixtureSource(typeof(WasmtimeLibraries), nameof(WasmtimeLibraries.Names))]
internal sealed class DifferenceTests(string library)
{
    private WasmtimeEngine Engine => TestEngines.For(library);

    [Test]
    public void Fuel_OfALoop_IsCountedInOtherAmounts()
    {
        var wasmtime = Cost(Engine, "loop");
        var embedded = Cost(EmbeddedEngine.Instance, "loop");
        Assert.That(wasmtime, Is.Not.EqualTo(embedded).And.InRange(embedded / 2, embedded * 2));
    }

    [Test]
    public void Fuel_OfABulkOperation_IsOneForEachByte()
    {
        Assert.That(Cost(Engine, "fill") - Cost(Engine, "fill nothing"), Is.EqualTo(64_000));
        Assert.That(
            Cost(EmbeddedEngine.Instance, "fill") - Cost(EmbeddedEngine.Instance, "fill nothing"), Is.EqualTo(1_000));
    }

    [Test]
    public void StackAndDepth_OfAnInstance_AreTheEnginesOwn()
    {
        var wide = Depth(Engine, Guests.Limits);
        var narrow = Depth(Engine, Guests.Limits with { StackBytes = 64 * 1024, CallDepth = 10 });
        Assert.That(narrow, Is.EqualTo(wide).And.GreaterThan(Guests.Limits.CallDepth));
        Assert.That(Depth(EmbeddedEngine.Instance, Guests.Limits), Is.EqualTo(Guests.Limits.CallDepth));
    }

    [Test]
    public void RefusedGrowth_OfAMemory_IsKnownToTheGuestOnly()
    {
        Assert.That(Grow(EmbeddedEngine.Instance), Is.EqualTo((-1, true)));
        Assert.That(Grow(Engine), Is.EqualTo((-1, false)));
    }

    [Test]
    public void Offset_OfAnyTrap_IsKnown()
    {
        var division = new ModuleBuilder()
            .Function([], [I32], code => code.I32Const(1).I32Const(0).Op(Opcode.I32DivS), export: "run");
        using var instance = Engine.Instantiate(division);
        var offset = Array.LastIndexOf(division.Build(), (byte)Opcode.I32DivS);
        Assert.That(Engine.FaultOf(() => instance.Run()).Offset, Is.EqualTo(offset));
        var compiling = new EmbeddedEngine(new EmbeddedEngineOptions { Mode = ExecutionMode.Compiled });
        using var embedded = compiling.Instantiate(division);
        Assert.That(compiling.FaultOf(() => embedded.Run()).Offset, Is.Null);
    }

    [Test]
    public void Tables_OfUnequalSizes_NeedRoomForEachToGrow()
    {
        var module = new ModuleBuilder().Table(6_000).Table(10)
            .Function([], [I32], code => code.I32Const(1), export: "run");
        using var embedded = EmbeddedEngine.Instance.Instantiate(module);
        Assert.That(embedded.Run(), Is.EqualTo(1));
        var fault = Engine.FaultOf(() => Engine.Instantiate(module));
        Assert.That(
            (fault.Kind, fault.Allowed, fault.Requested), Is.EqualTo((EngineFaultKind.InstanceLimit, 10_000, 12_000)));
    }

    [TestCase(500u, 500u)]
    [TestCase(4_000u, 4_001u)]
    public void Tables_ThatCannotGrowFar_KeepTheRestForTheOthers(uint first, uint maximum)
    {
        var module = new ModuleBuilder().Table(first, maximum).Table(10, kind: ExternRef)
            .Function([], [I32], export: "run", code: code => code
                .RefNull(ExternRef).I32Const((int)(10_000 - maximum - 10)).Op(Opcode.TableGrow, 1))
            .Function([], [I32], code => code.RefNull(ExternRef).I32Const(1).Op(Opcode.TableGrow, 1), export: "more");
        using var instance = Engine.Instantiate(module);
        Assert.That(instance.Run(), Is.EqualTo(10));
        Assert.That(instance.Run("more"), Is.EqualTo(-1));
    }

    private static (int Answer, bool IsTold) Grow(IPluginEngine engine)
    {
        using var instance = engine.Instantiate(new ModuleBuilder().Memory(1)
            .Function([], [I32], code => code.I32Const(10_000).Op(Opcode.MemoryGrow, 0), export: "run"));
        return (instance.Run(), instance.GrowthRefused);
    }

    private static int Depth(IPluginEngine engine, EngineLimits limits)
    {
        var module = new ModuleBuilder()
            .Global(I32, isMutable: true)
            .Function([], [I32], export: "run", code: code => code
                .GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0).Call(0).I32Const(1).Op(Opcode.I32Add))
            .Function([], [I32], code => code.GlobalGet(0), export: "depth");
        using var instance = engine.Compile(module).CreateInstance(limits);
        instance.Fuel = long.MaxValue;
        instance.Instantiate([]);
        Assert.That(engine.FaultOf(() => instance.Run()).Trap, Is.EqualTo(TrapCode.CallStackExhausted));
        return instance.Run("depth");
    }

    private static long Cost(IPluginEngine engine, string function)
    {
        using var instance = engine.Instantiate(Working());
        instance.Fuel = 1_000_000;
        instance.Run(function);
        return 1_000_000 - instance.Fuel;
    }

    private static ModuleBuilder Working() => new ModuleBuilder()
        .Memory(1)
        .Function([], [I32], locals: [I32], export: "loop", code: code => code
            .I32Const(1_000).LocalSet(0)
            .Loop().LocalGet(0).I32Const(1).Op(Opcode.I32Sub).LocalTee(0).BrIf(0).End().I32Const(1))
        .Function([], [I32], Fill(64_000), export: "fill")
        .Function([], [I32], Fill(0), export: "fill nothing");

    private static Action<CodeBuilder> Fill(int bytes) => code =>
        code.I32Const(0).I32Const(7).I32Const(bytes).Op(Opcode.MemoryFill, 0).I32Const(1);
}
