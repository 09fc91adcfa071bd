using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>Each rule of WebAssembly 2.0, section 3.3, kept and broken.</summary>
internal sealed partial class FunctionValidatorTests
{
    [TestCaseSource(nameof(ValidBodies))]
    [TestCaseSource(nameof(ValidControl))]
    [TestCaseSource(nameof(ValidStorage))]
    public void Validate_RuleKept_IsValid(ValueKind[] results, Action<CodeBuilder> code) =>
        Assert.That(Verdict.OfBody(results, code), Is.EqualTo(Verdict.Valid));

    [TestCaseSource(nameof(InvalidBodies))]
    [TestCaseSource(nameof(InvalidControl))]
    [TestCaseSource(nameof(InvalidStorage))]
    public void Validate_RuleBroken_IsInvalid(string reason, ValueKind[] results, Action<CodeBuilder> code)
    {
        Verdict verdict = Verdict.OfBody(results, code);
        Assert.That(verdict.Kind, Is.EqualTo("invalid"));
        Assert.That(verdict.Reason, Does.StartWith(reason));
    }

    [Test]
    public void Validate_TypeMismatch_NamesTypesAndOffset()
    {
        byte[] wasm = new ModuleBuilder()
            .Function([], [], code => code.I64Const(0).Op(Opcode.I32Eqz).Drop()).Build();
        int offset = wasm.AsSpan().IndexOf(new byte[] { 0x42, 0x00, 0x45 }) + 2;
        Assert.That(
            Verdict.Of(wasm),
            Is.EqualTo(new Verdict("invalid", "type mismatch: expected i32, found i64", offset)));
    }

    [TestCase("41 00 1A", "END opcode expected")]
    [TestCase("02 40 0B", "END opcode expected")]
    [TestCase("0B 0B", "section size mismatch")]
    [TestCase("05 0B", "misplaced ELSE opcode")]
    [TestCase("02 40 05 0B 0B", "misplaced ELSE opcode")]
    [TestCase("41 00 04 40 05 05 0B 0B", "misplaced ELSE opcode")]
    [TestCase("FC 09 00 0B", "data count section required")]
    [TestCase("FF 0B", "illegal opcode 0xFF")]
    [TestCase("FE 0C 0B", "illegal opcode 0xFE 0x0C")]
    [TestCase("FC 12 0B", "illegal opcode 0xFC 0x12")]
    public void Validate_MalformedCode_IsMalformed(string hex, string reason)
    {
        byte[] wasm = ModuleBuilder.Assemble(
            Hex.Bytes("01 04 01 60 00 00"),
            Hex.Bytes("03 02 01 00"),
            Hex.Bytes("05 03 01 00 01"),
            ModuleBuilder.Section(10, [1, (byte)(1 + Hex.Bytes(hex).Length), 0, .. Hex.Bytes(hex)]));
        Assert.That(Verdict.Of(wasm).ToString(), Is.EqualTo($"malformed: {reason}"));
    }

    [Test]
    public void Validate_SecondFunction_StartsAfresh() => Assert.That(
        Verdict.Of(new ModuleBuilder()
            .Function([], [], code => code.Block().Op(Opcode.Unreachable).End())
            .Function([], [], code => code.Drop())).Reason,
        Does.StartWith("type mismatch"));

    private static TestCaseData Good(string name, ValueKind[] results, Action<CodeBuilder> code) =>
        new TestCaseData(results, code).SetArgDisplayNames(name);

    private static TestCaseData Bad(string name, string reason, ValueKind[] results, Action<CodeBuilder> code) =>
        new TestCaseData(reason, results, code).SetArgDisplayNames(name);

    private static IEnumerable<TestCaseData> ValidBodies() =>
    [
        Good("constant", [I32], code => code.I32Const(1)),
        Good("several results", [I32, F64], code => code.I32Const(1).F64Const(2)),
        Good("conversion", [F32], code => code.I64Const(1).Op(Opcode.F32ConvertI64S)),
        Good("saturating conversion", [I64], code => code.F64Const(1).Op(Opcode.I64TruncSatF64S)),
        Good("select of numbers", [F32], code => code.F32Const(1).F32Const(2).I32Const(0).Op(Opcode.Select)),
        Good("select of references", [ExternRef], code =>
            code.RefNull(ExternRef).RefNull(ExternRef).I32Const(0).SelectTyped(ExternRef)),
        Good("select of unknowns", [F32], code => code.Op(Opcode.Unreachable).Op(Opcode.Select)),
        Good("select of one unknown", [], code =>
            code.Op(Opcode.Unreachable).F32Const(0).I32Const(0).Op(Opcode.Select).Op(Opcode.F32Neg).Drop()),
        Good("null test", [I32], code => code.RefNull(FuncRef).Op(Opcode.RefIsNull)),
        Good("null test of an unknown", [I32], code => code.Op(Opcode.Unreachable).Op(Opcode.RefIsNull)),
        Good("reference", [FuncRef], code => code.Op(Opcode.RefFunc, RichModule.SwapFunction)),
        Good("globals", [], code =>
            code.GlobalGet(RichModule.ImportedGlobal).GlobalSet(RichModule.MutableGlobal)),
    ];

    private static IEnumerable<TestCaseData> InvalidBodies() =>
    [
        Bad("missing result", "type mismatch", [I32], code => code.Op(Opcode.Nop)),
        Bad("other result", "type mismatch", [I32], code => code.F32Const(0)),
        Bad("left behind", "type mismatch", [], code => code.I32Const(0)),
        Bad("results in other order", "type mismatch", [I32, I64], code => code.I64Const(0).I32Const(0)),
        Bad("first operand", "type mismatch", [I32], code => code.I64Const(0).I32Const(0).Op(Opcode.I32Add)),
        Bad("second operand", "type mismatch", [I32], code => code.I32Const(0).F32Const(0).Op(Opcode.I32Add)),
        Bad("no operand", "type mismatch", [], code => code.Drop()),
        Bad("select of two types", "type mismatch", [], code =>
            code.I32Const(0).F32Const(0).I32Const(0).Op(Opcode.Select).Drop()),
        Bad("select without condition", "type mismatch", [], code =>
            code.I32Const(0).I32Const(0).I64Const(0).Op(Opcode.Select).Drop()),
        Bad("untyped select of references", "type mismatch", [], code =>
            code.RefNull(FuncRef).RefNull(FuncRef).I32Const(0).Op(Opcode.Select).Drop()),
        Bad("untyped select of a reference and an unknown", "type mismatch", [], code =>
            code.Op(Opcode.Unreachable).RefNull(FuncRef).I32Const(0).Op(Opcode.Select).Drop()),
        Bad("select of no type", "invalid result arity", [], code => code.Op(Opcode.Unreachable).SelectTyped()),
        Bad("select of two results", "invalid result arity", [], code =>
            code.Op(Opcode.Unreachable).SelectTyped(I32, I32)),
        Bad("typed select of another type", "type mismatch", [], code =>
            code.I32Const(0).I64Const(0).I32Const(0).SelectTyped(I64).Drop()),
        Bad("null test of a number", "type mismatch", [I32], code => code.I32Const(0).Op(Opcode.RefIsNull)),
        Bad("unknown function", "unknown function 4", [FuncRef], code => code.Op(Opcode.RefFunc, 4)),
        Bad("undeclared function", "undeclared function reference", [FuncRef], code =>
            code.Op(Opcode.RefFunc, RichModule.UndeclaredFunction)),
        Bad("unknown global", "unknown global 4", [], code => code.GlobalGet(4).Drop()),
        Bad("immutable global", "global is immutable", [], code =>
            code.I32Const(0).GlobalSet(RichModule.ImportedGlobal)),
        Bad("global of another type", "type mismatch", [], code =>
            code.I64Const(0).GlobalSet(RichModule.MutableGlobal)),
        Bad("unknown local", "unknown local 0", [], code => code.LocalGet(0).Drop()),
    ];
}
