using Plugins.Wasm.Binary;
using Plugins.Wasm.Tests.Support;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Tests.Binary;

internal sealed class ModuleReaderTests
{
    [TestCase("00", 0u)]
    [TestCase("7F", 127u)]
    [TestCase("80 01", 128u)]
    [TestCase("80 00", 0u)]
    [TestCase("83 80 80 80 00", 3u)]
    [TestCase("FF FF FF FF 0F", uint.MaxValue)]
    public void ReadUInt32_WellFormed_GivesValue(string hex, uint value) =>
        Assert.That(new ModuleReader(Hex.Bytes(hex)).ReadUInt32(), Is.EqualTo(value));

    [TestCase("FF FF FF FF 1F", "integer too large")]
    [TestCase("80 80 80 80 70", "integer too large")]
    [TestCase("80 80 80 80 80 00", "integer representation too long")]
    [TestCase("80 80", "unexpected end of section or function")]
    [TestCase("", "unexpected end of section or function")]
    public void ReadUInt32_Malformed_IsRefused(string hex, string reason) =>
        Assert.That(Refusal(hex, (ref reader) => reader.ReadUInt32()), Is.EqualTo(reason));

    [TestCase("00", 0)]
    [TestCase("7F", -1)]
    [TestCase("C0 00", 64)]
    [TestCase("FF 7F", -1)]
    [TestCase("80 80 80 80 78", int.MinValue)]
    [TestCase("FF FF FF FF 07", int.MaxValue)]
    public void ReadInt32_WellFormed_GivesValue(string hex, int value) =>
        Assert.That(new ModuleReader(Hex.Bytes(hex)).ReadInt32(), Is.EqualTo(value));

    [TestCase("FF FF FF FF 0F", "integer too large")]
    [TestCase("80 80 80 80 70", "integer too large")]
    [TestCase("80 80 80 80 80 00", "integer representation too long")]
    [TestCase("FF FF FF FF FF 7F", "integer representation too long")]
    public void ReadInt32_Malformed_IsRefused(string hex, string reason) =>
        Assert.That(Refusal(hex, (ref reader) => reader.ReadInt32()), Is.EqualTo(reason));

    [TestCase("7F", -1L)]
    [TestCase("80 80 80 80 80 80 80 80 80 7F", long.MinValue)]
    [TestCase("FF FF FF FF FF FF FF FF FF 00", long.MaxValue)]
    public void ReadInt64_WellFormed_GivesValue(string hex, long value) =>
        Assert.That(new ModuleReader(Hex.Bytes(hex)).ReadInt64(), Is.EqualTo(value));

    [TestCase("80 80 80 80 80 80 80 80 80 01", "integer too large")]
    [TestCase("80 80 80 80 80 80 80 80 80 7E", "integer too large")]
    [TestCase("80 80 80 80 80 80 80 80 80 80 00", "integer representation too long")]
    public void ReadInt64_Malformed_IsRefused(string hex, string reason) =>
        Assert.That(Refusal(hex, (ref reader) => reader.ReadInt64()), Is.EqualTo(reason));

    [Test]
    public void Failure_InTheMiddle_CarriesOffsetOfTheNumber()
    {
        Assert.That(
            () =>
            {
                ModuleReader reader = new(Hex.Bytes("01 FF FF FF FF 1F"));
                reader.ReadByte();
                reader.ReadUInt32();
            },
            Throws.TypeOf<MalformedModuleException>().With.Property("Offset").EqualTo(1));
    }

    [TestCase("03 61 62 63", "abc")]
    [TestCase("00", "")]
    [TestCase("04 F0 9F 92 9A", "\U0001F49A")]
    [TestCase("03 EF BB BF", "\uFEFF")]
    public void ReadName_WellFormed_GivesText(string hex, string text) =>
        Assert.That(new ModuleReader(Hex.Bytes(hex)).ReadName(100), Is.EqualTo(text));

    [TestCase("01 80")]
    [TestCase("02 C0 80", Description = "over-long")]
    [TestCase("03 ED A0 80", Description = "a surrogate")]
    [TestCase("04 F4 90 80 80", Description = "past U+10FFFF")]
    [TestCase("02 E2 82", Description = "cut short")]
    public void ReadName_NotUtf8_IsRefused(string hex) => Assert.That(
        Refusal(hex, (ref reader) => reader.ReadName(100)), Is.EqualTo("malformed UTF-8 encoding"));

    [Test]
    public void ReadName_LongerThanTheRest_IsRefused() => Assert.That(
        Refusal("04 61 62 63", (ref reader) => reader.ReadName(100)), Is.EqualTo("length out of bounds"));

    [Test]
    public void ReadName_OverTheLimit_IsRefused() => Assert.That(
        () => new ModuleReader(Hex.Bytes("03 61 62 63")).ReadName(2),
        Throws.TypeOf<ModuleLimitException>().With.Property("Limit").EqualTo("NameBytes"));

    [Test]
    public void ReadCount_WithThoseBefore_CountsThemToo() => Assert.That(
        () => new ModuleReader(Hex.Bytes("02 00 00")).ReadCount("Functions", 3, present: 2),
        Throws.TypeOf<ModuleLimitException>().With.Property("Actual").EqualTo(4));

    [TestCase("40", -1, default(ValueCode))]
    [TestCase("7C", -1, ValueCode.F64)]
    [TestCase("70", -1, ValueCode.FuncRef)]
    [TestCase("05", 5, default(ValueCode))]
    [TestCase("FF FF FF FF 0F", int.MaxValue, default(ValueCode))]
    public void ReadBlockType_WellFormed_GivesType(string hex, int index, ValueCode result) =>
        Assert.That(new ModuleReader(Hex.Bytes(hex)).ReadBlockType(), Is.EqualTo(new BlockType(index, result)));

    [TestCase("7A")]
    [TestCase("60")]
    [TestCase("80 7F")]
    public void ReadBlockType_Negative_IsRefused(string hex) => Assert.That(
        Refusal(hex, (ref reader) => reader.ReadBlockType()), Is.EqualTo("malformed block type"));

    [TestCase("7A")]
    [TestCase("00")]
    [TestCase("40")]
    public void ReadValueType_Unknown_IsRefused(string hex) => Assert.That(
        Refusal(hex, (ref reader) => reader.ReadValueType()), Is.EqualTo("malformed value type"));

    [TestCase("7F")]
    [TestCase("00")]
    public void ReadReferenceType_NoReference_IsRefused(string hex) => Assert.That(
        Refusal(hex, (ref reader) => reader.ReadReferenceType()), Is.EqualTo("malformed reference type"));

    [Test]
    public void Within_ReadPastItsPart_IsRefused()
    {
        Assert.That(
            () => new ModuleReader(Hex.Bytes("01 02 03 04")).Within(2).ReadFixed32(),
            Throws.TypeOf<MalformedModuleException>());
    }

    private static string Refusal<T>(string hex, Reading<T> read)
    {
        byte[] bytes = Hex.Bytes(hex);
        return Assert.Throws<MalformedModuleException>(
            () =>
            {
                ModuleReader reader = new(bytes);
                read(ref reader);
            })!.Reason;
    }

    private delegate T Reading<out T>(ref ModuleReader reader);
}
