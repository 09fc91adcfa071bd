using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class NameSectionTests
{
    private const string ModuleNamed = "00 04 03 61 62 63";

    [Test]
    public void Names_WellFormed_AreGiven()
    {
        NameSection names = Read($"{ModuleNamed} 01 09 02 00 02 66 30 02 02 66 32");
        Assert.That(names.ModuleName, Is.EqualTo("abc"));
        Assert.That(
            new[] { names.FunctionName(0), names.FunctionName(1), names.FunctionName(2), names.FunctionName(-1) },
            Is.EqualTo(new[] { "f0", null, "f2", null }));
    }

    [Test]
    public void Names_WithoutSection_AreNull()
    {
        NameSection names = new(ModuleDecoder.Decode(new ModuleBuilder().Build(), ModuleLimits.Default));
        Assert.That(names.ModuleName, Is.Null);
        Assert.That(names.FunctionName(0), Is.Null);
    }

    [TestCase("01 FF FF FF FF 0F")]
    [TestCase("01 05 FF FF FF FF 0F")]
    [TestCase("01 03 01 00 09")]
    [TestCase("01")]
    [TestCase("80 80 80 80 80 80")]
    public void Names_BrokenSubsection_KeepTheOnesBefore(string broken)
    {
        NameSection names = Read($"{ModuleNamed} {broken}");
        Assert.That(names.ModuleName, Is.EqualTo("abc"));
        Assert.That(names.FunctionName(0), Is.Null);
    }

    [Test]
    public void Names_OfFunctionsThatAreNot_AreIgnored() =>
        Assert.That(Read("01 09 01 FF FF FF FF 0F 02 61 62").FunctionName(0), Is.Null);

    [Test]
    public void Names_NotUtf8_AreNull() => Assert.That(Read("01 05 01 00 02 FF FF").FunctionName(0), Is.Null);

    [Test]
    public void Names_UnknownSubsection_IsPassedOver() =>
        Assert.That(Read($"02 03 FF FF FF {ModuleNamed}").ModuleName, Is.EqualTo("abc"));

    // If each subsection could read past its end, each would cost as much as all behind it.
    [Test]
    public void Names_SubsectionClaimingTheNext_DoesNotReadIt() =>
        Assert.That(Read($"01 01 03 {ModuleNamed}").FunctionName(0), Is.Null);

    private static NameSection Read(string hex)
    {
        ModuleBuilder module = new ModuleBuilder()
            .Function([], [], _ => { })
            .Function([], [], _ => { })
            .Function([], [], _ => { })
            .Custom("name", Hex.Bytes(hex));
        return new NameSection(ModuleDecoder.Decode(module.Build(), ModuleLimits.Default));
    }
}
