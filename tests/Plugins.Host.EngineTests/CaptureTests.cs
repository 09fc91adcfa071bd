using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

/// <summary>
/// What a captured state brings back. An engine may decline; what it captures, it has to restore as any other.
/// </summary>
internal sealed class CaptureTests(TestedEngine tested) : EngineContract(tested)
{
    private static readonly string[] Changes =
    [
        "store", "store far", "grow", "global", "set exported global", "reference", "table", "grow table", "drop data",
        "drop elements",
    ];

    private static readonly string[] Failures = ["trap", "fuel", "interrupt", "exception", "stack"];

    [TestCaseSource(nameof(Changes))]
    public void Change_AfterTheCapture_IsUndone(string change)
    {
        var instance = Captured(Sample());
        var before = State(instance);
        for (var round = 0; round < 3; round++)
        {
            instance.Act(change);
            Assert.That(State(instance), Is.Not.EqualTo(before));
            instance.Restore();
            Assert.That(State(instance), Is.EqualTo(before));
        }
    }

    [TestCaseSource(nameof(Changes))]
    public void State_Packed_IsWhatItWas(string change)
    {
        var instance = Captured(Sample());
        var initial = State(instance);
        instance.Act(change);
        var changed = State(instance);
        for (var round = 0; round < 3; round++)
        {
            _ = instance.TryPack();
            Assert.That(State(instance), Is.EqualTo(changed));
        }

        _ = instance.TryPack();
        instance.Restore();
        Assert.That(State(instance), Is.EqualTo(initial));
    }

    [TestCaseSource(nameof(Failures))]
    public void Failure_AfterTheCapture_IsUndone(string failure)
    {
        var instance = Captured(Sample());
        var before = State(instance);
        for (var round = 0; round < 3; round++)
        {
            Array.ForEach(Changes, change => instance.Act(change));
            Fail(instance, failure);
            instance.Restore();
            instance.Fuel = Plenty;
            Assert.That(State(instance), Is.EqualTo(before));
        }
    }

    [Test]
    public void Capture_OfAChangedState_DependsOnTheEngine([Values] bool inStart)
    {
        var module = Sample();
        var instance = Create(inStart ? module.Start(2) : module);
        instance.Instantiate(Imports());
        if (!inStart)
        {
            instance.Act("store");
        }

        var changed = State(instance);
        if (!instance.TryCapture())
        {
            Assert.That(Traits.CapturesAnyState, Is.False);
            return;
        }

        Assert.That(inStart || Traits.CapturesAnyState);
        Array.ForEach(Changes, change => instance.Act(change));
        instance.Restore();
        Assert.That(State(instance), Is.EqualTo(changed));
    }

    [Test]
    public void Capture_AfterAStartThatUsedAnImport_DependsOnTheEngine()
    {
        var calls = 0;
        var instance = Create(Sample().Start(3));
        instance.Instantiate(Imports(() => ++calls));
        var changed = State(instance);
        if (!instance.TryCapture())
        {
            Assert.That(Traits.CapturesAnyState, Is.False);
            return;
        }

        instance.Act("store");
        instance.Restore();
        Assert.That((State(instance), calls), Is.EqualTo((changed, 1)));
    }

    [Test]
    public void Capture_Again_TakesTheNewStateIfTheEngineTakesAny()
    {
        var instance = Captured(Sample());
        var before = State(instance);
        instance.Act("global");
        var after = State(instance);
        var isCaptured = instance.TryCapture();
        Assert.That(isCaptured, Is.EqualTo(Traits.CapturesAnyState));
        instance.Act("global");
        if (isCaptured)
        {
            instance.Restore();
            Assert.That(State(instance), Is.EqualTo(after).And.Not.EqualTo(before));
        }
    }

    [Test]
    public void Functions_KeptFromBefore_WorkAfterTheRestore()
    {
        var instance = Instantiate(Sample(), Imports());
        var early = instance.GetAction("store");
        Assert.That(instance.TryCapture());
        var late = instance.GetAction("store");
        var before = State(instance);
        for (var round = 0; round < 3; round++)
        {
            early();
            var once = State(instance);
            instance.Restore();
            late();
            Assert.That(State(instance), Is.EqualTo(once).And.Not.EqualTo(before));
            instance.Restore();
        }
    }

    [Test]
    public void Imports_OfTheInstance_WorkAfterTheRestore()
    {
        var calls = 0;
        IEngineInstance? instance = null;
        instance = Instantiate(Sample(), Imports(() =>
        {
            Assert.That(instance!.TryGetMemory(0, 1, out var span));
            span[0]++;
            return ++calls;
        }));
        Assert.That(instance.TryCapture());
        for (var round = 0; round < 3; round++)
        {
            instance.Act("call");
            Assert.That(instance.ReadInt32(0), Is.EqualTo(2));
            instance.Restore();
            Assert.That(instance.ReadInt32(0), Is.EqualTo(1));
        }

        Assert.That(calls, Is.EqualTo(3));
    }

    [Test]
    public void Bytes_WrittenByTheHost_AreUndone()
    {
        var instance = Captured(Sample());
        instance.WriteInt32(PageBytes - 4, 77);
        instance.Restore();
        Assert.That(instance.ReadInt32(PageBytes - 4), Is.Zero);
    }

    [Test]
    public void Bytes_WrittenByTheHostBeforeTheCapture_AreInItIfThereIsOne()
    {
        var instance = Instantiate(Sample(), Imports());
        instance.WriteInt32(PageBytes - 4, 77);
        var isCaptured = instance.TryCapture();
        Assert.That(isCaptured, Is.EqualTo(Traits.CapturesAnyState));
        if (isCaptured)
        {
            instance.WriteInt32(PageBytes - 4, 78);
            instance.Restore();
            Assert.That(instance.ReadInt32(PageBytes - 4), Is.EqualTo(77));
        }
    }

    [Test]
    public void Change_OfAModuleWithSeveralTables_IsUndone()
    {
        var instance = Captured(Sample().Table(3, kind: ExternRef).Table(2));
        var before = State(instance);
        for (var round = 0; round < 3; round++)
        {
            Array.ForEach(Changes, change => instance.Act(change));
            Assert.That(State(instance), Is.Not.EqualTo(before));
            instance.Restore();
            Assert.That(State(instance), Is.EqualTo(before));
        }
    }

    [Test]
    public void Memory_GrownAndGivenBack_CanBeGrownAgainAndReadsZero()
    {
        var instance = Captured(Sample(), Limits with { MemoryPages = 4 });
        for (var round = 0; round < 5; round++)
        {
            instance.Act("grow");
            Assert.That(instance.ReadInt32((3 * PageBytes) + 8), Is.Zero);
            instance.WriteInt32((3 * PageBytes) + 8, 99);
            instance.Restore();
            Assert.That(instance.TryGetMemory(0, PageBytes + 1, out _), Is.False);
        }
    }

    [Test]
    public void Restore_InThousands_KeepsItsLimits()
    {
        var instance = Captured(Sample(), Limits with { TableElements = 40, MemoryPages = 4 });
        var before = State(instance);
        for (var round = 0; round < 2_000; round++)
        {
            instance.Fuel = Plenty;
            instance.Act("grow table");
            instance.Act("grow");
            instance.Act("store");
            instance.Restore();
        }

        Assert.That(State(instance), Is.EqualTo(before));
    }

    [Test]
    public void Restore_OfOne_LeavesAnotherAlone()
    {
        var module = Compile(Sample());
        var first = Create(module);
        var second = Create(module);
        first.Instantiate(Imports());
        second.Instantiate(Imports());
        Assert.That(first.TryCapture() && second.TryCapture());
        second.Act("store");
        var changed = State(second);
        first.Restore();
        Assert.That(State(second), Is.EqualTo(changed));
    }

    [Test]
    public void Restore_KeepsAnInterruptUntilItIsCleared()
    {
        var instance = Captured(Sample());
        instance.Interrupt();
        instance.Restore();
        Assert.That(FaultOf(() => instance.Act("spin")).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
        instance.ClearInterrupt();
        instance.Act("store");
    }

    [Test]
    public void Restore_OfNothing_IsMisuse()
    {
        var instance = Instantiate(Sample(), Imports());
        Assert.That(instance.Restore, Throws.InvalidOperationException);
    }

    [Test]
    public void Restore_InTheMiddleOfACall_IsMisuse()
    {
        IEngineInstance? instance = null;
        Exception? refusal = null;
        instance = Instantiate(Sample(), Imports(() =>
        {
            refusal = ExceptionOf(() => instance!.Restore());
            return 1;
        }));
        Assert.That(instance.TryCapture());
        instance.Act("call");
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>());
    }

    private void Fail(IEngineInstance instance, string failure)
    {
        switch (failure)
        {
            case "trap":
                Assert.That(TrapOf(() => instance.Act("fail")), Is.EqualTo(TrapCode.Unreachable));
                break;
            case "fuel":
                instance.Fuel = 100;
                Assert.That(FaultOf(() => instance.Act("spin")).Kind, Is.EqualTo(EngineFaultKind.OutOfFuel));
                break;
            case "interrupt":
                instance.Interrupt();
                Assert.That(FaultOf(() => instance.Act("spin")).Kind, Is.EqualTo(EngineFaultKind.Interrupted));
                instance.ClearInterrupt();
                break;
            case "exception":
                Assert.That(() => instance.Act("throw"), Throws.TypeOf<TimeZoneNotFoundException>());
                break;
            default:
                Assert.That(TrapOf(() => instance.Act("recurse")), Is.EqualTo(TrapCode.CallStackExhausted));
                break;
        }
    }

    private IEngineInstance Captured(ModuleBuilder module, EngineLimits? limits = null)
    {
        var instance = Instantiate(module, limits ?? Limits, Imports());
        Assert.That(instance.TryCapture());
        return instance;
    }

    /// <summary>Everything a guest can change, as the guest sees it.</summary>
    private string State(IEngineInstance instance)
    {
        var hasData = ExceptionOf(() => instance.Act("init data")) is null;
        var hasElements = ExceptionOf(() => instance.Act("init elements")) is null;
        string[] parts = ["near", "pages", "g0", "g1", "reference is null", "table is null", "elements", "data 60000"];
        return string.Join(' ', parts.Select(part => instance.Run(part))) + $" {hasData} {hasElements}";
    }

    private static HostImport[] Imports(Func<int>? call = null) =>
    [
        Import("f", call ?? (() => 1)),
        Import("throw", new Func<int>(() => throw new TimeZoneNotFoundException())),
    ];

    // Functions 0 and 1 are imports; the numbers of the others do not matter but for the two starts.
    private static ModuleBuilder Sample() => Readers(Actions(new ModuleBuilder()
        .ImportFunction(Host, "f", [], [I32])
        .ImportFunction(Host, "throw", [], [I32])
        .Memory(1, export: "memory")
        .Data(0, 1)
        .PassiveData(1, 2, 3)
        .Table(4, export: "exported table")
        .Elements(0, 0)
        .PassiveElements(0, 1)
        .Global(I32, isMutable: true)
        .Global(I64, isMutable: true, code => code.I64Const(5), export: "exported global")
        .Global(FuncRef, isMutable: true)));

    private static ModuleBuilder Actions(ModuleBuilder module) => module
        .Function([], [], code => code
            .I32Const(4).I32Const(4).Access(Opcode.I32Load).I32Const(1).Op(Opcode.I32Add).Access(Opcode.I32Store),
            export: "store")
        .Function([], [], code => code.Call(0).Drop().Call(2), export: "call")
        .Function([], [], code => code.Call(1).Drop(), export: "throw")
        .Function([], [], c => c.I32Const(60_000).I32Const(9).Access(Opcode.I32Store), export: "store far")
        .Function([], [], code => code.I32Const(3).Op(Opcode.MemoryGrow, 0).Drop(), export: "grow")
        .Function([], [], c => c.GlobalGet(0).I32Const(1).Op(Opcode.I32Add).GlobalSet(0), export: "global")
        .Function([], [], code => code.I64Const(6).GlobalSet(1), export: "set exported global")
        .Function([], [], code => code.Op(Opcode.RefFunc, 0).GlobalSet(2), export: "reference")
        .Function([], [], c => c.I32Const(3).Op(Opcode.RefFunc, 0).Op(Opcode.TableSet, 0), export: "table")
        .Function([], [], c => c.RefNull(FuncRef).I32Const(2).Op(Opcode.TableGrow, 0).Drop(), export: "grow table")
        .Function([], [], code => code.Op(Opcode.DataDrop, 1), export: "drop data")
        .Function([], [], code => code.Op(Opcode.ElemDrop, 1), export: "drop elements")
        .Function([], [], code => code.Op(Opcode.Unreachable), export: "fail")
        .Function([], [], code => code.Loop().Br(0).End(), export: "spin")
        .Function([], [], Recurse, export: "recurse");

    private static void Recurse(CodeBuilder code) => code.Call(16).Op(Opcode.Nop);

    private static ModuleBuilder Readers(ModuleBuilder module) => module
        .Function([], [], c => c.I32Const(100).I32Const(0).I32Const(3).Op(Opcode.MemoryInit, 1, 0), export: "init data")
        .Function([], [], export: "init elements", code: code => code
            .I32Const(1).I32Const(0).I32Const(2).Op(Opcode.TableInit, 1, 0))
        .Function([], [I32], code => code.I32Const(4).Access(Opcode.I32Load), export: "near")
        .Function([], [I32], code => code.I32Const(60_000).Access(Opcode.I32Load), export: "data 60000")
        .Function([], [I32], code => code.Op(Opcode.MemorySize, 0), export: "pages")
        .Function([], [I32], code => code.GlobalGet(0), export: "g0")
        .Function([], [I32], code => code.GlobalGet(1).Op(Opcode.I32WrapI64), export: "g1")
        .Function([], [I32], code => code.GlobalGet(2).Op(Opcode.RefIsNull), export: "reference is null")
        .Function([], [I32], code => code.Op(Opcode.TableSize, 0), export: "elements")
        .Function([], [I32], c => c.I32Const(3).Op(Opcode.TableGet, 0).Op(Opcode.RefIsNull), export: "table is null");
}
