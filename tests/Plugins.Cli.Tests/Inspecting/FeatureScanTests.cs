using Plugins.Cli.Inspecting;
using Plugins.Cli.Tests.Support;

namespace Plugins.Cli.Tests.Inspecting;

internal sealed class FeatureScanTests
{
    [TestCase(new byte[] { 0x41, 0x00, 0x1A }, new string[0])]
    [TestCase(new byte[] { 0x41, 0x00, 0xC0, 0x1A }, new[] { "sign-ext" })]
    [TestCase(new byte[] { 0x43, 0xC0, 0xC0, 0xC0, 0xC0, 0x1A }, new string[0])]
    [TestCase(new byte[] { 0x43, 0, 0, 0, 0, 0xFC, 0x00, 0x1A }, new[] { "nontrapping-fptoint" })]
    [TestCase(new byte[] { 0xFC, 0x0B, 0x00 }, new[] { "bulk-memory" })]
    [TestCase(new byte[] { 0xFC, 0x0A, 0x00, 0x00, 0xD0, 0x70, 0x1A }, new[] { "bulk-memory", "reference-types" })]
    [TestCase(new byte[] { 0x0E, 0x02, 0xC0, 0x00, 0x00, 0x00 }, new string[0])]
    [TestCase(new byte[] { 0xC0, 0xFD, 0x0C, 0xFC, 0x00 }, new[] { "sign-ext" })]
    public void Read_OfABody_FindsWhatItUses(byte[] instructions, string[] expected)
    {
        Assert.That(FeatureScan.Read(WasmBytes.Module(WasmBytes.Code(instructions))), Is.EqualTo(expected));
    }

    [Test]
    public void Read_OfAnything_Ends()
    {
        var random = new Random(11);
        var bytes = new byte[100];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(bytes);
            Assert.That(() => FeatureScan.Read(WasmBytes.Module(WasmBytes.Code(bytes))), Throws.Nothing);
        }
    }

    [Test]
    [CancelAfter(600_000)]
    public void Read_OfCountsThatLie_Ends()
    {
        byte[] lies = [0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
        Assert.That(FeatureScan.Read(WasmBytes.Module(WasmBytes.Section(10, lies))), Is.Empty);
        Assert.That(FeatureScan.Read(WasmBytes.Module(WasmBytes.Code([0x0E, .. lies]))), Is.Empty);
    }
}
