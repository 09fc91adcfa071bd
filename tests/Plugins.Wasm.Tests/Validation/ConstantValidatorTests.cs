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
    [TestCase(I32, "23 02", Description = "the module's own global")]
    [TestCase(I32, "41 01 41 02 6A")]
    [TestCase(I32, "23 02 41 02 6B 41 05 6C")]
    [TestCase(I64, "42 01 42 02 7C 42 03 7D 42 7F 7E")]
    public void Validate_Constant_IsValid(ValueKind kind, string hex) =>
        Assert.That(VerdictOf(kind, hex), Is.EqualTo(Verdict.Valid));

    [TestCase(I32, "42 01", "type mismatch: expected i32, found i64")]
    [TestCase(ExternRef, "D0 70", "type mismatch: expected externref, found funcref")]
    [TestCase(I64, "23 00", "type mismatch: expected i64, found i32")]
    [TestCase(I32, "", "type mismatch: 0 values instead of one")]
    [TestCase(I32, "41 01 41 02", "type mismatch: 2 values instead of one")]
    [TestCase(I32, "41 01 6A", "type mismatch: a value is missing")]
    [TestCase(I32, "41 01 42 02 6A", "type mismatch: expected i32, found i64")]
    [TestCase(I32, "42 01 42 02 7C", "type mismatch: expected i32, found i64")]
    [TestCase(I32, "41 01 41 02 6D", "constant expression required")]
    [TestCase(I32, "01", "constant expression required")]
    [TestCase(I32, "41 01 01", "constant expression required")]
    [TestCase(I32, "01 41 01", "constant expression required")]
    [TestCase(I32, "02 7F 41 01 0B", "constant expression required", Description = "an end that is not the last")]
    [TestCase(I32, "41 00 0E 01 0B 0B 41 01", "constant expression required", Description = "targets like ends")]
    [TestCase(I32, "23 01", "constant expression required", Description = "a mutable global")]
    [TestCase(I32, "23 03", "unknown global 3", Description = "the global itself")]
    [TestCase(I32, "41 01 23 01 6A", "constant expression required", Description = "a mutable global")]
    [TestCase(FuncRef, "D2 00 D2 00", "type mismatch: 2 values instead of one")]
    [TestCase(FuncRef, "D2 01", "unknown function 1")]
    public void Validate_Other_IsInvalid(ValueKind kind, string hex, string reason) =>
        Assert.That(VerdictOf(kind, hex).ToString(), Is.EqualTo($"invalid: {reason}"));

    [Test]
    public void Validate_MoreValuesThanTheLimit_IsRefused()
    {
        byte[] module = new ModuleBuilder().Global(I32, value: code =>
        {
            for (int i = 0; i < 5; i++)
            {
                code.I32Const(i);
            }
        }).Build();
        var refusal = Assert.Throws<ModuleLimitException>(
            () => Module.Validate(module, ModuleLimits.Default with { Operands = 4 }))!;
        Assert.That((refusal.Limit, refusal.Allowed), Is.EqualTo((nameof(ModuleLimits.Operands), 4)));
    }

    private static Verdict VerdictOf(ValueKind kind, string hex) => Verdict.Of(new ModuleBuilder()
        .ImportGlobal("a", "constant", I32)
        .ImportGlobal("a", "variable", I32, isMutable: true)
        .Function([], [], _ => { })
        .Global(I32)
        .Global(kind, value: code => code.Raw(Hex.Bytes(hex))));
}
