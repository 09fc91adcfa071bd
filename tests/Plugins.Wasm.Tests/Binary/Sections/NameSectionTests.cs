using System.Text;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Binary.Sections;
using Plugins.Wasm.Tests.Support;

namespace Plugins.Wasm.Tests.Binary.Sections;

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

    [TestCase("x", 255)]
    [TestCase("", 256)]
    public void Names_Long_AreCutBetweenCharacters(string first, int bytes)
    {
        NameSection names = new(Decode(FunctionNames(first + new string('\u00e9', 7_000_000))));

        string name = names.FunctionName(0)!;

        Assert.That(Encoding.UTF8.GetByteCount(name), Is.EqualTo(bytes));
        Assert.That(name, Does.StartWith(first + "\u00e9").And.EndWith("\u00e9"));
    }

    [Test]
    public void Names_AskedForAgain_AreTheSameString()
    {
        NameSection names = new(Decode(FunctionNames(new string('n', 14_000_000))));
        string? first = names.FunctionName(0);

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool areSame = Enumerable.Range(0, 500).All(_ => ReferenceEquals(names.FunctionName(0), first));

        Assert.That(areSame, Is.True);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000));
    }

    [TestCase("_ZN3app4main17h0123456789abcdefE", "app::main")]
    [TestCase("_ZN3app\u00e9", "_ZN3app\u00e9")]
    [TestCase("plain", "plain")]
    public void ReadableName_OfAFunction_IsDemangledOnce(string name, string expected)
    {
        NameSection names = new(Decode(FunctionNames(name)));
        string? first = names.ReadableFunctionName(0);
        Assert.That(first, Is.EqualTo(expected));
        Assert.That(names.ReadableFunctionName(0), Is.SameAs(first));
        Assert.That((names.FunctionName(0), names.ReadableFunctionName(1)), Is.EqualTo((name, (string?)null)));
    }

    [Test]
    public void LocalNames_OfAFunction_AreItsOwn()
    {
        // Of functions 0 and 1, and of one that is not there.
        NameSection names = Read("02 13 03 00 02 00 01 61 01 01 62 01 01 00 01 63 09 01 00 01 64");

        Assert.That(names.LocalNames(0), Is.EqualTo(new Dictionary<int, string> { [0] = "a", [1] = "b" }));
        Assert.That(names.LocalNames(1), Is.EqualTo(new Dictionary<int, string> { [0] = "c" }));
        Assert.That(names.LocalNames(9), Is.Empty);
    }

    [TestCase("02 08 02 00 01 00 01 61 01 7F", 1)]
    [TestCase("02 05 FF FF FF FF 0F", 0)]
    [TestCase("02 00", 0)]
    [TestCase("02 06 01 00 01 00 01 FF", 0)]
    [TestCase("02 09 01 00 01 FF FF FF 7F 01 61", 0)]
    public void LocalNames_Broken_AreThoseBefore(string section, int expected) =>
        Assert.That(Read(section).LocalNames(0), Has.Count.EqualTo(expected));

    [Test]
    public void Names_ManyOfOneFunction_CostNoMemory()
    {
        ByteWriter content = new ByteWriter().UInt32(1_000_000);
        for (int i = 0; i < 1_000_000; i++)
        {
            content.UInt32(0).Name("n");
        }

        NameSection names = new(Decode(new ByteWriter().Byte(1).Sized(content.ToArray()).ToArray()));
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(names.FunctionName(0), Is.EqualTo("n"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    private static byte[] FunctionNames(string name) =>
        new ByteWriter().Byte(1).Sized(new ByteWriter().UInt32(1).UInt32(0).Name(name).ToArray()).ToArray();

    private static BinaryModule Decode(byte[] section) => ModuleDecoder.Decode(
        new ModuleBuilder().Function([], [], _ => { }).Custom("name", section).Build(), ModuleLimits.Default);

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
