using Plugins.Host.Engines;
using Plugins.Host.EngineTests.Support;
using Plugins.Host.Errors;
using Plugins.Wasm;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Host.Errors.TrapCode;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Host.EngineTests;

internal sealed class TrapTests(TestedEngine tested) : EngineContract(tested)
{
    private const uint TypeOfRun = 0;
    private const uint OtherType = 1;

    private static IEnumerable<TestCaseData> Traps()
    {
        yield return Case("unreachable", Unreachable, c => c.Op(Opcode.Unreachable));
        yield return Case("i32.div_s by 0", IntegerDivideByZero, Divide32(Opcode.I32DivS, 1, 0));
        yield return Case("i32.rem_u by 0", IntegerDivideByZero, Divide32(Opcode.I32RemU, 1, 0));
        yield return Case("i64.div_u by 0", IntegerDivideByZero, Divide64(Opcode.I64DivU, 1, 0));
        yield return Case("i64.rem_s by 0", IntegerDivideByZero, Divide64(Opcode.I64RemS, 1, 0));
        yield return Case("i32.div_s overflow", IntegerOverflow, Divide32(Opcode.I32DivS, int.MinValue, -1));
        yield return Case("i64.div_s overflow", IntegerOverflow, Divide64(Opcode.I64DivS, long.MinValue, -1));
        yield return Case("i32.rem_s min, -1", None, Divide32(Opcode.I32RemS, int.MinValue, -1));
        yield return Case("trunc NaN", InvalidConversionToInteger, Truncate(Opcode.I32TruncF64S, double.NaN));
        yield return Case("trunc u64 NaN", InvalidConversionToInteger, Truncate(Opcode.I64TruncF64U, double.NaN));
        yield return Case("trunc 2^31", IntegerOverflow, Truncate(Opcode.I32TruncF64S, 2147483648.0));
        yield return Case("trunc infinity", IntegerOverflow, Truncate(Opcode.I64TruncF64S, double.PositiveInfinity));
        yield return Case("trunc u -1", IntegerOverflow, Truncate(Opcode.I32TruncF64U, -1));
        yield return Case("trunc u -0.9", None, Truncate(Opcode.I32TruncF64U, -0.9));
        yield return Case("call_indirect null", UninitializedElement, CallAt(1, TypeOfRun));
        yield return Case("call_indirect null of other type", UninitializedElement, CallAt(1, OtherType));
        yield return Case("call_indirect past the end", UndefinedElement, CallAt(3, TypeOfRun));
        yield return Case("call_indirect at -1", UndefinedElement, CallAt(-1, TypeOfRun));
        yield return Case("call_indirect other type", IndirectCallTypeMismatch, CallAt(0, OtherType));
        yield return Case("call_indirect", None, CallAt(0, TypeOfRun));
        yield return Case("table.get past the end", OutOfBoundsTableAccess,
            c => c.I32Const(3).Op(Opcode.TableGet, 0).Drop());
        yield return Case("table.set at -1", OutOfBoundsTableAccess,
            c => c.I32Const(-1).RefNull(FuncRef).Op(Opcode.TableSet, 0));
        yield return Case("table.fill", OutOfBoundsTableAccess,
            c => c.I32Const(2).RefNull(FuncRef).I32Const(2).Op(Opcode.TableFill, 0));
        yield return Case("table.copy", OutOfBoundsTableAccess, Bulk(Opcode.TableCopy, 2, 0, 2, 0, 0));
        yield return Case("table.init", OutOfBoundsTableAccess, Bulk(Opcode.TableInit, 0, 1, 1, 1, 0));
        yield return Case("table.init dropped", OutOfBoundsTableAccess, Bulk(Opcode.TableInit, 0, 0, 1, 0, 0));
        yield return Case("load at the end", OutOfBoundsMemoryAccess,
            c => c.I32Const(65_533).Access(Opcode.I32Load).Drop());
        yield return Case("load before the end", None, c => c.I32Const(65_532).Access(Opcode.I32Load).Drop());
        yield return Case("load at -1", OutOfBoundsMemoryAccess, c => c.I32Const(-1).Access(Opcode.I32Load8U).Drop());
        yield return Case("load far", OutOfBoundsMemoryAccess,
            c => c.I32Const(-1).Access(Opcode.I64Load, uint.MaxValue).Drop());
        yield return Case("store at the end", OutOfBoundsMemoryAccess,
            c => c.I32Const(65_529).I64Const(1).Access(Opcode.I64Store));
        yield return Case("memory.fill", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryFill, 65_535, 0, 2, 0));
        yield return Case("memory.fill of nothing at the end", None, Bulk(Opcode.MemoryFill, 65_536, 0, 0, 0));
        yield return Case("memory.fill of nothing past it", OutOfBoundsMemoryAccess,
            Bulk(Opcode.MemoryFill, 65_537, 0, 0, 0));
        yield return Case("memory.copy", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryCopy, 0, -1, 2, 0, 0));
        yield return Case("memory.init", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryInit, 0, 4, 1, 1, 0));
        yield return Case("memory.init dropped", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryInit, 0, 0, 1, 0, 0));
        yield return Case("call_ref null", NullReference, c => c.Raw(0xD0, (byte)TypeOfRun, 0x14, (byte)TypeOfRun));
        yield return Case("ref.as_non_null", NullReference, c => c.RefNull(FuncRef).Raw(0xD4).Drop());
        yield return Case("recursion", CallStackExhausted, c => c.Call(0).Op(Opcode.Nop));
    }

    [TestCaseSource(nameof(Traps))]
    public void Code_ThatTraps_HasItsCodeAndLeavesTheInstanceUsable(Action<CodeBuilder> code, TrapCode expected)
    {
        var instance = Instantiate(Sample(code));
        for (var round = 0; round < 3; round++)
        {
            Assert.That(Result(() => instance.Act("run")), Is.EqualTo(expected));
            Assert.That(instance.Run("seven"), Is.EqualTo(7));
        }
    }

    [TestCaseSource(nameof(Traps))]
    public void Start_ThatTraps_HasItsCode(Action<CodeBuilder> code, TrapCode expected)
    {
        var instance = Create(Sample(code).Start(0));
        Assert.That(Result(() => instance.Instantiate([])), Is.EqualTo(expected));
    }

    [Test]
    public void Start_ThatTrapped_LeavesNoInstance()
    {
        var instance = Create(Sample(code => code.Op(Opcode.Unreachable)).Start(0));
        TrapOf(() => instance.Instantiate([]));
        Assert.That(() => instance.Run("seven"), Throws.InvalidOperationException);
    }

    [TestCase("data", OutOfBoundsMemoryAccess)]
    [TestCase("elements", OutOfBoundsTableAccess)]
    public void Segment_OutsideOfItsPlace_Traps(string segment, TrapCode expected)
    {
        var module = new ModuleBuilder().Memory(1, export: "memory").Table(1).Function([], [], _ => { });
        var instance = Create(segment == "data" ? module.Data(65_535, 1, 2) : module.Elements(1, 0));
        Assert.That(TrapOf(() => instance.Instantiate([])), Is.EqualTo(expected));
    }

    [Test]
    public void Exception_ThatNothingCatches_IsATrapOfItsOwn()
    {
        if (!Engine.Features.Contains("exception-handling"))
        {
            Assert.Ignore("The engine refuses modules with exceptions.");
        }

        byte[] module = ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, 1, 0x60, 0, 0),
            ModuleBuilder.Section(3, 1, 0),
            ModuleBuilder.Section(13, 1, 0, 0),
            ModuleBuilder.Section(7, 1, 3, (byte)'r', (byte)'u', (byte)'n', 0, 0),
            ModuleBuilder.Section(10, 1, 4, 0, 0x08, 0, 0x0B));
        var instance = Create(Engine.Compile(module, ModuleLimits.Default, meterFuel: true));
        instance.Instantiate([]);
        var fault = FaultOf(() => instance.Act("run"));
        Assert.That((fault.Kind, fault.Trap), Is.EqualTo((EngineFaultKind.Trap, UncaughtException)));
        Assert.That(fault.Backtrace.Select(frame => frame.Name), Is.EqualTo(new[] { "run" }));
    }

    [Test]
    public void Trap_InNestedFunctions_NamesThemInnermostFirst()
    {
        var instance = Instantiate(
            new ModuleBuilder()
                .ImportFunction(Host, "f", [], [I32])
                .Function([], [], code => code.Op(Opcode.Unreachable), export: "inner")
                .Function([], [], code => code.Call(1).Op(Opcode.Nop))
                .Function([], [], code => code.Call(2).Op(Opcode.Nop), export: "run"),
            Import("f", new Func<int>(() => 0)));
        var fault = FaultOf(() => instance.Act("run"));
        Assert.That(
            fault.Backtrace.Select(frame => frame with { Offset = null }),
            Is.EqualTo(new GuestFrame[] { new(1, "inner"), new(2, null), new(3, "run") }));
    }

    [Test]
    public void Trap_OfAModuleWithNames_UsesThem()
    {
        var names = new ByteWriter().Byte(1)
            .Sized(new ByteWriter().UInt32(1).UInt32(0).Name("crate::inner\u001b[2J").ToArray()).ToArray();
        var instance = Instantiate(new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Unreachable), export: "run").Custom("name", names));
        var fault = FaultOf(() => instance.Act("run"));
        Assert.That(fault.Backtrace.Select(frame => frame.Name), Is.EqualTo(new[] { "crate::inner\u001b[2J" }));
    }

    [TestCase("_ZN3app4main17h0123456789abcdefE", "app::main")]
    [TestCase("_RNvC3app4main", "app::main")]
    [TestCase("_ZN4shop5totalERKSt6vectorIiE", "shop::total(std::vector<int> const&)")]
    [TestCase("_ZN4shop", "_ZN4shop")]
    public void Trap_OfAMangledFunction_NamesItAsTheSourceDoes(string mangled, string expected) =>
        Assert.That(NameOfTrapped(mangled), Is.EqualTo(expected));

    [Test]
    public void Trap_OfAFunctionWithALongName_CutsWhatItReadsAs()
    {
        var name = NameOfTrapped($"_ZN3app300{new string('x', 300)}17h0123456789abcdefE");
        Assert.That(name, Does.StartWith("app::xxx").And.EndsWith("…").And.Length.EqualTo(257));
    }

    [Test]
    public void Trap_ByUnreachable_TellsItsOffset()
    {
        var module = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.Nop).Op(Opcode.Unreachable), export: "run");
        var fault = FaultOf(() => Instantiate(module).Act("run"));
        Assert.That(fault.Offset, Is.EqualTo(Array.LastIndexOf(module.Build(), (byte)Opcode.Unreachable)));
    }

    [Test]
    public void Backtrace_OfRunawayRecursion_IsBounded()
    {
        var instance = Instantiate(Sample(code => code.Call(0).Op(Opcode.Nop)));
        var fault = FaultOf(() => instance.Act("run"));
        Assert.That(fault.Backtrace, Has.Length.InRange(1, 64));
        Assert.That(fault.Backtrace.Select(frame => frame.Name), Is.All.EqualTo("run"));
    }

    [Test]
    public void Fault_ReadTwiceOrLater_IsTheSame()
    {
        var instance = Instantiate(Sample(code => code.Op(Opcode.Unreachable)));
        var exception = Assert.Catch(() => instance.Act("run"))!;
        instance.Dispose();
        var first = Engine.Describe(exception)!;
        var second = Engine.Describe(exception)!;
        Assert.That(second.Backtrace, Is.EqualTo(first.Backtrace).And.Not.Empty);
        Assert.That((second.Kind, second.Trap, second.Offset), Is.EqualTo((first.Kind, first.Trap, first.Offset)));
    }

    private string? NameOfTrapped(string function)
    {
        var names = new ByteWriter().Byte(1)
            .Sized(new ByteWriter().UInt32(1).UInt32(0).Name(function).ToArray()).ToArray();
        var instance = Instantiate(new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Unreachable), export: "run").Custom("name", names));
        return FaultOf(() => instance.Act("run")).Backtrace[0].Name;
    }

    private TrapCode Result(Action action)
    {
        try
        {
            action();
            return None;
        }
        catch (Exception exception) when (Engine.Describe(exception) is { Kind: EngineFaultKind.Trap } fault)
        {
            return fault.Trap;
        }
    }

    // One page, a table of three with a function in the first place, and a segment of each kind: 0 dropped, 1 alive.
    private static ModuleBuilder Sample(Action<CodeBuilder> code) => new ModuleBuilder()
        .Type([], [])
        .Type([I32], [])
        .Memory(1)
        .Table(3)
        .Elements(0, 1)
        .PassiveElements(1)
        .Data(0, 1, 2, 3, 4)
        .PassiveData(1, 2, 3, 4)
        .Function([], [], code, export: "run")
        .Function([], [], inner => inner.Op(Opcode.Nop))
        .Function([], [I32], seven => seven.I32Const(7), export: "seven");

    private static TestCaseData Case(string name, TrapCode expected, Action<CodeBuilder> code) =>
        new TestCaseData(code, expected).SetArgDisplayNames(name);

    private static Action<CodeBuilder> Divide32(Opcode opcode, int left, int right) =>
        code => code.I32Const(left).I32Const(right).Op(opcode).Drop();

    private static Action<CodeBuilder> Divide64(Opcode opcode, long left, long right) =>
        code => code.I64Const(left).I64Const(right).Op(opcode).Drop();

    private static Action<CodeBuilder> Truncate(Opcode opcode, double value) =>
        code => code.F64Const(value).Op(opcode).Drop();

    private static Action<CodeBuilder> CallAt(int element, uint type) => code =>
        (type == OtherType ? code.I32Const(0) : code).I32Const(element).CallIndirect(type);

    private static Action<CodeBuilder> Bulk(
        Opcode opcode, int first, int second, int count, params uint[] immediates) =>
        code => code.I32Const(first).I32Const(second).I32Const(count).Op(opcode, immediates);
}
