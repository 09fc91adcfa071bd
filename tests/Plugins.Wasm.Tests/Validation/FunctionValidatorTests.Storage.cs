using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using static Plugins.Wasm.Tests.Support.RichModule;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <content>Memories and tables.</content>
internal sealed partial class FunctionValidatorTests
{
    [TestCase(Opcode.I32Load8U, 0u)]
    [TestCase(Opcode.I64Load16S, 1u)]
    [TestCase(Opcode.F32Load, 2u)]
    [TestCase(Opcode.F64Load, 3u)]
    public void Validate_Alignment_MayBeNaturalAtTheMost(Opcode opcode, uint natural)
    {
        Verdict At(uint alignment) =>
            Verdict.OfBody([], code => code.I32Const(0).Access(opcode, 0, alignment).Drop());
        Assert.That(At(natural), Is.EqualTo(Verdict.Valid));
        Assert.That(At(natural + 1).ToString(), Is.EqualTo("invalid: alignment must not be larger than natural"));
        Assert.That(At(31).ToString(), Is.EqualTo("invalid: alignment must not be larger than natural"));
    }

    [TestCase(Opcode.I32Load)]
    [TestCase(Opcode.F64Store)]
    [TestCase(Opcode.MemorySize)]
    [TestCase(Opcode.MemoryGrow)]
    [TestCase(Opcode.MemoryFill)]
    [TestCase(Opcode.MemoryCopy)]
    [TestCase(Opcode.MemoryInit)]
    public void Validate_WithoutMemory_IsInvalid(Opcode opcode) => Assert.That(
        Verdict.Of(new ModuleBuilder()
            .Function([], [], code => code.Op(Opcode.Unreachable).Op(opcode, 0, 0).Op(Opcode.Unreachable))
            .PassiveData(1)).ToString(),
        Is.EqualTo("invalid: unknown memory 0"));

    [TestCase(Opcode.TableGet)]
    [TestCase(Opcode.TableSet)]
    [TestCase(Opcode.TableSize)]
    [TestCase(Opcode.TableGrow)]
    [TestCase(Opcode.TableFill)]
    public void Validate_UnknownTable_IsInvalid(Opcode opcode) => Assert.That(
        Verdict.OfBody([], code => code.Op(Opcode.Unreachable).Op(opcode, 2).Op(Opcode.Unreachable)).ToString(),
        Is.EqualTo("invalid: unknown table 2"));

    [TestCase(0u, 2u)]
    [TestCase(2u, 0u)]
    public void Validate_CopyOfUnknownTable_IsInvalid(uint destination, uint source) => Assert.That(
        Verdict.OfBody([], code => code.Op(Opcode.Unreachable).Op(Opcode.TableCopy, destination, source)).ToString(),
        Is.EqualTo("invalid: unknown table 2"));

    private static CodeBuilder Range(CodeBuilder code) => code.I32Const(1).I32Const(2).I32Const(3);

    private static IEnumerable<TestCaseData> ValidStorage() =>
    [
        Good("load", [F64], code => code.I32Const(0).Access(Opcode.F64Load, uint.MaxValue)),
        Good("store", [], code => code.I32Const(0).I64Const(0).Access(Opcode.I64Store8)),
        Good("memory size and growth", [I32, I32], code =>
            code.Op(Opcode.MemorySize, 0).I32Const(1).Op(Opcode.MemoryGrow, 0)),
        Good("bulk memory", [], code =>
        {
            Range(code).Op(Opcode.MemoryFill, 0);
            Range(code).Op(Opcode.MemoryCopy, 0, 0);
            Range(code).Op(Opcode.MemoryInit, 1, 0).Op(Opcode.DataDrop, 1);
        }),
        Good("table entries", [], code => code
            .I32Const(0).I32Const(1).Op(Opcode.TableGet, ExternTable).Op(Opcode.TableSet, ExternTable)),
        Good("table size and growth", [I32, I32], code => code
            .Op(Opcode.TableSize, ExternTable).RefNull(ExternRef).I32Const(1).Op(Opcode.TableGrow, ExternTable)),
        Good("bulk tables", [], code =>
        {
            code.I32Const(0).RefNull(FuncRef).I32Const(1).Op(Opcode.TableFill, FunctionTable);
            Range(code).Op(Opcode.TableCopy, FunctionTable, FunctionTable);
            Range(code).Op(Opcode.TableInit, 1, ExternTable).Op(Opcode.ElemDrop, 1);
        }),
    ];

    private static IEnumerable<TestCaseData> InvalidStorage() =>
    [
        Bad("address of a load", "type mismatch", [], code => code.I64Const(0).Access(Opcode.I32Load).Drop()),
        Bad("value of a store", "type mismatch", [], code => code.I32Const(0).I32Const(0).Access(Opcode.I64Store8)),
        Bad("address of a store", "type mismatch", [], code => code.I64Const(0).I64Const(0).Access(Opcode.I64Store)),
        Bad("pages", "type mismatch", [], code => code.I64Const(0).Op(Opcode.MemoryGrow, 0).Drop()),
        Bad("fill of too little", "type mismatch", [], code => code.I32Const(0).I32Const(0).Op(Opcode.MemoryFill, 0)),
        Bad("copy of too little", "type mismatch", [], code => code.I32Const(0).Op(Opcode.MemoryCopy, 0, 0)),
        Bad("unknown data to copy", "unknown data segment 2", [], code => Range(code).Op(Opcode.MemoryInit, 2, 0)),
        Bad("unknown data to drop", "unknown data segment 2", [], code => code.Op(Opcode.DataDrop, 2)),
        Bad("index of an entry", "type mismatch", [], code => code.F32Const(0).Op(Opcode.TableGet, 0).Drop()),
        Bad("entry of another type", "type mismatch", [], code =>
            code.I32Const(0).RefNull(FuncRef).Op(Opcode.TableSet, ExternTable)),
        Bad("growth by another type", "type mismatch", [], code =>
            code.RefNull(FuncRef).I32Const(0).Op(Opcode.TableGrow, ExternTable).Drop()),
        Bad("fill by another type", "type mismatch", [], code =>
            code.I32Const(0).RefNull(ExternRef).I32Const(0).Op(Opcode.TableFill, FunctionTable)),
        Bad("copy between types", "type mismatch", [], code =>
            Range(code).Op(Opcode.TableCopy, FunctionTable, ExternTable)),
        Bad("initialization by another type", "type mismatch", [], code =>
            Range(code).Op(Opcode.TableInit, 1, FunctionTable)),
        Bad("unknown table to initialize", "unknown table 2", [], code => Range(code).Op(Opcode.TableInit, 1, 2)),
        Bad("unknown elements to copy", "unknown elem segment 3", [], code =>
            Range(code).Op(Opcode.TableInit, 3, FunctionTable)),
        Bad("unknown elements to drop", "unknown elem segment 3", [], code => code.Op(Opcode.ElemDrop, 3)),
        Bad("table copy of too little", "type mismatch", [], code =>
            code.I32Const(0).I32Const(0).Op(Opcode.TableCopy, FunctionTable, FunctionTable)),
    ];
}
