using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Validation;

/// <summary>WebAssembly 3.0, section 3.4.2, and the legacy proposal's rules.</summary>
internal sealed class ExceptionTests
{
    // Tag 0 carries an i32, tag 1 nothing.
    [TestCase("41 00 08 00")]
    [TestCase("D0 69 0A")]
    [TestCase("02 7F 1F 40 01 00 00 00 0B 41 00 0B 1A")]
    [TestCase("02 40 1F 40 02 00 01 00 02 00 0B 0B")]
    [TestCase("02 69 1F 40 01 03 00 0B D0 69 0B 1A")]
    [TestCase("06 40 08 01 07 00 1A 07 01 19 09 00 0B")]
    [TestCase("06 40 06 40 08 01 18 00 0B")]
    [TestCase("06 7F 41 01 07 00 0B 1A")]
    public void Body_ThatKeepsTheRules_IsValid(string hex) =>
        Assert.That(Verdict.Of(ModuleOf(hex)), Is.EqualTo(Verdict.Valid));

    [TestCase("08 00", "invalid: type mismatch: expected i32, found nothing")]
    [TestCase("08 07", "invalid: unknown tag 7")]
    [TestCase("41 00 0A", "invalid: type mismatch: expected exnref, found i32")]
    [TestCase("1F 40 01 00 07 00 0B", "invalid: unknown tag 7")]
    [TestCase("1F 40 01 02 07 0B", "invalid: unknown label 7")]
    [TestCase("1F 40 01 00 00 00 0B", "invalid: type mismatch: a clause gives other values than its label takes")]
    [TestCase("1F 40 01 03 00 0B", "invalid: type mismatch: a clause gives other values than its label takes")]
    [TestCase("1F 40 01 04 00 0B", "malformed: malformed catch clause")]
    [TestCase("07 00", "malformed: misplaced CATCH opcode")]
    [TestCase("06 40 19 07 00 1A 0B", "malformed: misplaced CATCH opcode")]
    [TestCase("06 40 19 18 00", "malformed: misplaced DELEGATE opcode")]
    [TestCase("06 40 09 00 0B", "invalid: invalid rethrow label")]
    [TestCase("06 40 18 07", "invalid: unknown label 7")]
    [TestCase("06 7F 41 01 07 01 0B 1A", "invalid: type mismatch: expected i32, found nothing")]
    public void Body_ThatBreaksARule_IsRefused(string hex, string verdict) =>
        Assert.That(Verdict.Of(ModuleOf(hex)).ToString(), Is.EqualTo(verdict));

    [TestCase("01 00 02", "invalid: non-empty tag result type")]
    [TestCase("01 00 07", "invalid: unknown type 7")]
    [TestCase("01 01 00", "malformed: malformed tag attribute")]
    public void Tag_ThatBreaksARule_IsRefused(string hex, string verdict) => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(Types, ModuleBuilder.Section(13, Hex.Bytes(hex)))).ToString(),
        Is.EqualTo(verdict));

    [Test]
    public void Table_OfExceptions_IsRefusedByName() => Assert.That(
        Verdict.Of(ModuleBuilder.Assemble(ModuleBuilder.Section(4, 1, 0x69, 0, 1))).ToString(),
        Is.EqualTo("unsupported: exception-handling"));

    [Test]
    public void Tags_OverTheLimit_AreRefused() => Assert.That(
        Verdict.Of(ModuleOf(""), ModuleLimits.Default with { Tags = 1 }).ToString(), Is.EqualTo("limit: Tags"));

    [TestCase("exception-handling", "41 00 08 00")]
    [TestCase("exception-handling,legacy-exceptions", "06 40 0B")]
    public void Features_OfABody_AreFound(string features, string hex) => Assert.That(
        Module.Describe(ModuleOf(hex)).Features, Is.EqualTo(features.Split(',')));

    private static byte[] Types => ModuleBuilder.Section(1, Hex.Bytes("03 60 01 7F 00 60 00 00 60 00 01 7F"));

    private static byte[] ModuleOf(string hex)
    {
        byte[] body = [0, .. Hex.Bytes(hex), 0x0B];
        return ModuleBuilder.Assemble(
            Types,
            ModuleBuilder.Section(3, 1, 1),
            ModuleBuilder.Section(13, 2, 0, 0, 0, 1),
            ModuleBuilder.Section(10, [1, (byte)body.Length, .. body]));
    }
}
