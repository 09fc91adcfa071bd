using Plugins.Wasm.Binary;
using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Tests.Runtime.Support;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.TrapKind;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Runtime;

[ModeFixture(StackThread.Small)]
[ModeFixture(StackThread.Main)]
internal sealed class TrapTests(int stackKiB, GuestMode mode) : GuestFixture(mode)
{
    private const uint TypeOfRun = 0, OtherType = 1;

    private static IEnumerable<TestCaseData> Hostile()
    {
        yield return Case("unreachable", Unreachable, c => c.Op(Opcode.Unreachable));
        yield return Case("i32.div_s by 0", IntegerDivideByZero, Divide32(Opcode.I32DivS, 1, 0));
        yield return Case("i32.div_u by 0", IntegerDivideByZero, Divide32(Opcode.I32DivU, 1, 0));
        yield return Case("i32.rem_s by 0", IntegerDivideByZero, Divide32(Opcode.I32RemS, 1, 0));
        yield return Case("i32.rem_u by 0", IntegerDivideByZero, Divide32(Opcode.I32RemU, 1, 0));
        yield return Case("i32.div_s overflow", IntegerOverflow, Divide32(Opcode.I32DivS, int.MinValue, -1));
        yield return Case("i32.rem_s min, -1", null, Divide32(Opcode.I32RemS, int.MinValue, -1));
        yield return Case("i32.div_u min, -1", null, Divide32(Opcode.I32DivU, int.MinValue, -1));
        yield return Case("i64.div_s by 0", IntegerDivideByZero, Divide64(Opcode.I64DivS, 1, 0));
        yield return Case("i64.div_u by 0", IntegerDivideByZero, Divide64(Opcode.I64DivU, 1, 0));
        yield return Case("i64.rem_s by 0", IntegerDivideByZero, Divide64(Opcode.I64RemS, 1, 0));
        yield return Case("i64.rem_u by 0", IntegerDivideByZero, Divide64(Opcode.I64RemU, 1, 0));
        yield return Case("i64.div_s overflow", IntegerOverflow, Divide64(Opcode.I64DivS, long.MinValue, -1));
        yield return Case("i64.rem_s min, -1", null, Divide64(Opcode.I64RemS, long.MinValue, -1));
        yield return Case("i64.div_u min, -1", null, Divide64(Opcode.I64DivU, long.MinValue, -1));
        yield return Case("trunc NaN", InvalidConversionToInteger, Truncate(Opcode.I32TruncF64S, double.NaN));
        yield return Case("trunc 2^31", IntegerOverflow, Truncate(Opcode.I32TruncF64S, 2147483648.0));
        yield return Case("trunc 2^31 - 0.1", null, Truncate(Opcode.I32TruncF64S, 2147483647.9));
        yield return Case("trunc u -1", IntegerOverflow, Truncate(Opcode.I32TruncF64U, -1));
        yield return Case("trunc u -0.9", null, Truncate(Opcode.I32TruncF64U, -0.9));
        yield return Case("trunc infinity", IntegerOverflow, Truncate(Opcode.I64TruncF64S, double.PositiveInfinity));
        yield return Case("trunc u 2^64", IntegerOverflow, Truncate(Opcode.I64TruncF64U, 18446744073709551616.0));
        yield return Case("call_indirect null", UninitializedElement, CallAt(1, TypeOfRun));
        yield return Case("call_indirect past the end", UndefinedElement, CallAt(3, TypeOfRun));
        yield return Case("call_indirect at -1", UndefinedElement, CallAt(-1, TypeOfRun));
        yield return Case("call_indirect other type", IndirectCallTypeMismatch, CallAt(0, OtherType));
        yield return Case("call_indirect", null, CallAt(0, TypeOfRun));
        yield return Case("table.get past the end", OutOfBoundsTableAccess,
            c => c.I32Const(3).Op(Opcode.TableGet, 0).Drop());
        yield return Case("table.set at -1", OutOfBoundsTableAccess,
            c => c.I32Const(-1).RefNull(FuncRef).Op(Opcode.TableSet, 0));
        yield return Case("table.fill", OutOfBoundsTableAccess,
            c => c.I32Const(2).RefNull(FuncRef).I32Const(2).Op(Opcode.TableFill, 0));
        yield return Case("table.fill of -1", OutOfBoundsTableAccess,
            c => c.I32Const(2).RefNull(FuncRef).I32Const(-1).Op(Opcode.TableFill, 0));
        yield return Case("table.copy to", OutOfBoundsTableAccess, Bulk(Opcode.TableCopy, 2, 0, 2, 0, 0));
        yield return Case("table.copy from", OutOfBoundsTableAccess, Bulk(Opcode.TableCopy, 0, -1, 2, 0, 0));
        yield return Case("table.init past the segment", OutOfBoundsTableAccess, Bulk(Opcode.TableInit, 0, 1, 1, 1, 0));
        yield return Case("table.init of a dropped segment", OutOfBoundsTableAccess,
            Bulk(Opcode.TableInit, 0, 0, 1, 0, 0));
        yield return Case("table.init of nothing", null, Bulk(Opcode.TableInit, 3, 0, 0, 0, 0));
        yield return Case("memory.fill", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryFill, 65_535, 0, 2, 0));
        yield return Case("memory.fill of -1", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryFill, 65_535, 0, -1, 0));
        yield return Case("memory.fill of nothing at the end", null, Bulk(Opcode.MemoryFill, 65_536, 0, 0, 0));
        yield return Case("memory.fill of nothing past the end", OutOfBoundsMemoryAccess,
            Bulk(Opcode.MemoryFill, 65_537, 0, 0, 0));
        yield return Case("memory.copy to", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryCopy, 65_535, 0, 2, 0, 0));
        yield return Case("memory.copy from", OutOfBoundsMemoryAccess, Bulk(Opcode.MemoryCopy, 0, -1, 2, 0, 0));
        yield return Case("memory.init past the segment", OutOfBoundsMemoryAccess,
            Bulk(Opcode.MemoryInit, 0, 4, 1, 1, 0));
        yield return Case("memory.init of a dropped segment", OutOfBoundsMemoryAccess,
            Bulk(Opcode.MemoryInit, 0, 0, 1, 0, 0));
        yield return Case("memory.init of nothing", null, Bulk(Opcode.MemoryInit, 65_536, 0, 0, 0, 0));
    }

    [TestCaseSource(nameof(Hostile))]
    public void Code_Hostile_TrapsAndLeavesTheInstanceUsable(Action<CodeBuilder> code, TrapKind? expected)
    {
        Instance instance = Sample(code).Instantiate();

        Assert.That(StackThread.TrapOf(stackKiB, () => instance.Run()), Is.EqualTo(expected));
        Assert.That(StackThread.TrapOf(stackKiB, () => instance.Run()), Is.EqualTo(expected));
        Assert.That(instance.RunInt32("seven"), Is.EqualTo(7));
    }

    [Test]
    public void Trap_InNestedFunctions_NamesThemInnermostFirst()
    {
        Instance instance = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Unreachable), export: "inner")
            .Function([], [], code => code.Call(0).Op(Opcode.Nop))
            .Function([], [], code => code.Call(1).Op(Opcode.Nop), export: "run")
            .Instantiate();

        TrapException trap = StackThread.Run(stackKiB, () => Guest.ExpectTrap(() => instance.Run()));

        Assert.That(trap.Backtrace.Select(frame => frame.FunctionIndex), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(trap.Backtrace.Select(frame => frame.FunctionName), Is.EqualTo(new[] { "inner", null, "run" }));
    }

    [Test]
    public void Unreachable_AfterOtherCode_TellsItsOffset()
    {
        byte[] binary = new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Nop).Op(Opcode.Nop).Op(Opcode.Unreachable), export: "run")
            .Build();
        var instance = new Instance(new Store(), Guest.Compile(binary));

        TrapException trap = Guest.ExpectTrap(() => instance.Run());

        Assert.That(trap.Offset, Is.EqualTo(Array.LastIndexOf(binary, (byte)Opcode.Unreachable)));
        Assert.That(trap.Backtrace[0].Offset, Is.EqualTo(trap.Offset));
    }

    // Compiled code need not know it, but may tell no other.
    [TestCaseSource(nameof(Hostile))]
    public void Trap_OfInterpretedCode_TellsItsOffset(Action<CodeBuilder> code, TrapKind? expected)
    {
        Module module = Guest.Compile(Sample(code).Build());
        Action run = () => new Instance(new Store(), module).Run();
        int? offset = expected is null ? null : Guest.ExpectTrap(run).Offset;
        int? place = expected is null ? null : OffsetOfOperation(module, function: 0);

        Assert.That(offset, Mode == GuestMode.Interpreted ? Is.EqualTo(place) : Is.Null.Or.EqualTo(place));
    }

    [Test]
    public void Backtrace_OfAnyCode_TellsWhereEachCallIs()
    {
        Module module = Guest.Compile(new ModuleBuilder()
            .ImportFunction("host", "again", [], [])
            .Function([], [], code => code.I32Const(0).Access(Opcode.I32Load, uint.MaxValue).Drop(), export: "inner")
            .Function([], [], code => code.Op(Opcode.Nop).Call(1).Op(Opcode.Nop), export: "middle")
            .Function([], [], code => code.I32Const(1).Drop().Call(0).Op(Opcode.Nop), export: "run")
            .Memory(1)
            .Build());
        var imports = new Imports();
        imports.Add("host", "again", (Instance instance) => instance.Run("middle"));
        var instance = new Instance(new Store(), module, imports);

        TrapException trap = Guest.ExpectTrap(() => instance.Run());

        int?[] expected = [.. new[] { 0, 1, 2 }.Select(function => (int?)OffsetOfOperation(module, function))];
        Assert.That(trap.Backtrace.Select(frame => frame.FunctionIndex), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(trap.Backtrace.Skip(1).Select(frame => frame.Offset), Is.EqualTo(expected[1..]));
        Assert.That(
            trap.Backtrace[0].Offset,
            Mode == GuestMode.Interpreted ? Is.EqualTo(expected[0]) : Is.Null.Or.EqualTo(expected[0]));
    }

    [Test]
    public void Backtrace_OfRunawayRecursion_IsBounded()
    {
        Instance instance = new ModuleBuilder()
            .Function([], [], code => code.Call(0).Op(Opcode.Nop), export: "run")
            .Instantiate();

        TrapException trap = StackThread.Run(stackKiB, () => Guest.ExpectTrap(() => instance.Run()));

        Assert.That(trap.Backtrace, Has.Count.InRange(1, 64));
        Assert.That(trap.Backtrace, Has.All.Property(nameof(WasmFrame.FunctionName)).EqualTo("run"));
    }

    /// <summary>The only instruction of a function that is more than a constant.</summary>
    private static int OffsetOfOperation(Module module, int function)
    {
        var reader = new CodeReader(module.Binary, module.Binary.Bodies[function]);
        List<int> offsets = [];
        while (reader.Read(out Instruction instruction))
        {
            if (instruction.Opcode is not (Opcode.I32Const or Opcode.I64Const or Opcode.F64Const or Opcode.RefNull
                or Opcode.Drop or Opcode.Nop or Opcode.End))
            {
                offsets.Add(instruction.Offset);
            }
        }

        return offsets.Single();
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

    private static TestCaseData Case(string name, TrapKind? expected, Action<CodeBuilder> code) =>
        new TestCaseData(code, expected).SetArgDisplayNames(name);

    private static Action<CodeBuilder> Divide32(Opcode opcode, int left, int right) =>
        code => code.I32Const(left).I32Const(right).Op(opcode).Drop();

    private static Action<CodeBuilder> Divide64(Opcode opcode, long left, long right) =>
        code => code.I64Const(left).I64Const(right).Op(opcode).Drop();

    private static Action<CodeBuilder> Truncate(Opcode opcode, double value) =>
        code => code.F64Const(value).Op(opcode).Drop();

    private static Action<CodeBuilder> CallAt(int element, uint type) => code =>
    {
        if (type == OtherType)
        {
            code.I32Const(0);
        }

        code.I32Const(element).CallIndirect(type);
    };

    private static Action<CodeBuilder> Bulk(
        Opcode opcode, int first, int second, int count, params uint[] immediates) =>
        code => code.I32Const(first).I32Const(second).I32Const(count).Op(opcode, immediates);
}
