using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;
using static Plugins.Wasm.Types.ValueKind;

namespace Plugins.Wasm.Tests.Validation;

internal sealed class ConstantValidatorTests
{
    [TestCase(I32, "41 01")]
    [TestCase(I64, "42 01")]
    [TestCase(F32, "43 00 00 00 00")]
    [TestCase(F64, "44 00 00 00 00 00 00 00 00")]
    [TestCase(FuncRef, "D0 70")]
    [TestCase(ExternRef, "D0 6F")]
    [TestCase(FuncRef, "D2 00")]
    [TestCase(I32, "23 00")]
    public void Validate_Constant_IsValid(ValueKind kind, string hex) =>
        Assert.That(VerdictOf(kind, hex), Is.EqualTo(Verdict.Valid));

    [TestCase(I32, "42 01", "type mismatch: expected i32, found i64")]
    [TestCase(ExternRef, "D0 70", "type mismatch: expected externref, found funcref")]
    [TestCase(I64, "23 00", "type mismatch: expected i64, found i32")]
    [TestCase(I32, "", "type mismatch: expected one instruction")]
    [TestCase(I32, "41 01 41 02", "type mismatch: expected one instruction")]
    [TestCase(I32, "41 01 41 02 6D", "constant expression required")]
    [TestCase(I32, "01", "constant expression required")]
    [TestCase(I32, "41 01 01", "constant expression required")]
    [TestCase(I32, "01 41 01", "constant expression required")]
    [TestCase(I32, "02 7F 41 01 0B", "constant expression required", Description = "an end that is not the last")]
    [TestCase(I32, "41 00 0E 01 0B 0B 41 01", "constant expression required", Description = "targets like ends")]
    [TestCase(I32, "23 01", "constant expression required", Description = "a mutable global")]
    [TestCase(I32, "23 02", "unknown global 2", Description = "the module's own global")]
    [TestCase(FuncRef, "D2 01", "unknown function 1")]
    public void Validate_Other_IsInvalid(ValueKind kind, string hex, string reason) =>
        Assert.That(VerdictOf(kind, hex).ToString(), Is.EqualTo($"invalid: {reason}"));

    private static Verdict VerdictOf(ValueKind kind, string hex) => Verdict.Of(new ModuleBuilder()
        .ImportGlobal("a", "constant", I32)
        .ImportGlobal("a", "variable", I32, isMutable: true)
        .Function([], [], _ => { })
        .Global(kind, value: code => code.Raw(Hex.Bytes(hex))));
}
