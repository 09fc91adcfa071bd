using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>WebAssembly 3.0, sections 3.1.2, 3.2 and 3.4, as far as references are typed.</summary>
internal sealed class TypedReferenceTests
{
    // Locals: parameters (ref null 0) and i32, then one (ref 0).
    [TestCase("20 00 D4 21 02 20 02 1A", Description = "a local that was set")]
    [TestCase("20 00 D4 22 02 1A 20 02 1A", Description = "a local that was set by tee")]
    [TestCase("02 40 20 00 D4 21 02 0B 20 00 D4 21 02 20 02 1A", Description = "set again after a block")]
    [TestCase("20 00 D5 00 1A", Description = "a branch where null")]
    [TestCase("02 64 00 20 00 D6 00 00 0B 1A", Description = "a branch where not null")]
    [TestCase("02 70 20 00 0B 1A", Description = "a function reference out of a typed one")]
    [TestCase("20 00 14 00", Description = "a call")]
    [TestCase("00 D4 1A", Description = "not null after a trap")]
    [TestCase("00 D4 14 00", Description = "a call of what is never there")]
    [TestCase("D0 73 14 00", Description = "a call of the bottom of functions")]
    [TestCase("D2 00 14 00", Description = "a call of a declared function")]
    public void Body_ThatKeepsTheRules_IsValid(string hex) =>
        Assert.That(Verdict.Of(ModuleOf(hex)), Is.EqualTo(Verdict.Valid));

    [TestCase("20 02 1A", "uninitialized local 2")]
    [TestCase("02 40 20 00 D4 21 02 0B 20 02 1A", "uninitialized local 2")]
    [TestCase("20 01 04 40 20 00 D4 21 02 05 20 02 1A 0B", "uninitialized local 2")]
    [TestCase("20 00 21 02", "type mismatch: expected (ref func type), found (ref null func type)")]
    [TestCase("20 01 D4 1A", "type mismatch: a reference is required")]
    [TestCase("20 01 D5 00 1A", "type mismatch: a reference is required")]
    [TestCase("20 00 D6 00", "type mismatch: the label takes no reference")]
    [TestCase("20 00 14 01", "type mismatch: expected (ref null func type), found (ref null func type)")]
    [TestCase("20 00 14 09", "unknown type 9")]
    [TestCase("D0 09 1A", "unknown type")]
    [TestCase("02 63 09 0B", "unknown type")]
    [TestCase("D0 70 14 00", "type mismatch: expected (ref null func type), found funcref")]
    [TestCase("20 00 20 00 41 00 1B 1A", "type mismatch: select of references needs a type")]
    public void Body_ThatBreaksARule_IsInvalid(string hex, string reason) =>
        Assert.That(Verdict.Of(ModuleOf(hex)).ToString(), Is.EqualTo($"invalid: {reason}"));

    [TestCase("01 64 00 00 01", "type mismatch: expected (ref func type), found (ref null func type)")]
    [TestCase("01 40 00 64 00 00 01 D0 00 0B", "type mismatch: expected (ref func type), found (ref null func type)")]
    [TestCase("01 63 07 00 01", "unknown type")]
    public void Table_ThatBreaksARule_IsInvalid(string hex, string reason) => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, Hex.Bytes("01 60 00 00")), ModuleBuilder.Section(4, Hex.Bytes(hex)))).ToString(),
        Is.EqualTo($"invalid: {reason}"));

    private static byte[] ModuleOf(string hex)
    {
        byte[] body = [1, 1, 0x64, 0, .. Hex.Bytes(hex), 0x0B];
        return ModuleBuilder.Assemble(
            ModuleBuilder.Section(1, Hex.Bytes("02 60 00 00 60 02 63 00 7F 00")),
            ModuleBuilder.Section(3, 2, 0, 1),
            ModuleBuilder.Section(7, 1, 1, (byte)'f', 0, 0),
            ModuleBuilder.Section(10, [2, 2, 0, 0x0B, (byte)body.Length, .. body]));
    }
}
