using Plugins.Cli.Inspecting;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Inspecting;

internal sealed class SectionReaderTests
{
    [Test]
    public void Read_OfAModule_ListsItsSections()
    {
        var module = WasmBytes.Module(
            WasmBytes.Section(1, 0), WasmBytes.Section(0, 2, (byte)'h', (byte)'i', 9), WasmBytes.Code());
        Assert.That(SectionReader.Read(module), Is.EqualTo(new ModuleSection[]
        {
            new("type", null, 8, 3), new("custom", "hi", 11, 6), new("code", null, 17, 6),
        }));
    }

    [Test]
    public void Read_OfARealModule_AccountsForEveryByte()
    {
        var module = Repository.Guest(Plugin.WordCount);
        Assert.That(SectionReader.Read(module).Sum(section => section.Bytes) + 8, Is.EqualTo(module.Length));
    }

    [TestCase(new byte[] { 1 })]
    [TestCase(new byte[] { 1, 5, 0 })]
    [TestCase(new byte[] { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F })]
    [TestCase(new byte[] { 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void Read_OfATruncatedSection_LeavesItOut(byte[] rest)
    {
        Assert.That(SectionReader.Read(WasmBytes.Module(rest)), Is.Empty);
    }

    [Test]
    public void Read_OfAMillionSections_StopsAtAThousand()
    {
        var empty = Enumerable.Repeat<byte[]>([0, 1, 0], 1_000_000).SelectMany(section => section).ToArray();
        Assert.That(SectionReader.Read(WasmBytes.Module(empty)), Has.Count.EqualTo(1000));
    }

    [Test]
    public void Read_OfAnything_Ends()
    {
        var random = new Random(7);
        var bytes = new byte[200];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            Assert.That(() => SectionReader.Read(WasmBytes.Module(bytes)), Throws.Nothing);
        }
    }
}
