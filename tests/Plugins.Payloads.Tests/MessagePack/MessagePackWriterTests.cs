using System.Buffers;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

public sealed class MessagePackWriterTests
{
    [TestCase(0, "00")]
    [TestCase(127, "7f")]
    [TestCase(128, "cc80")]
    [TestCase(255, "ccff")]
    [TestCase(256, "cd0100")]
    [TestCase(65_535, "cdffff")]
    [TestCase(65_536, "ce00010000")]
    [TestCase(4_294_967_295, "ceffffffff")]
    [TestCase(4_294_967_296, "cf0000000100000000")]
    [TestCase(long.MaxValue, "cf7fffffffffffffff")]
    [TestCase(-1, "ff")]
    [TestCase(-32, "e0")]
    [TestCase(-33, "d0df")]
    [TestCase(-128, "d080")]
    [TestCase(-129, "d1ff7f")]
    [TestCase(-32_768, "d18000")]
    [TestCase(-32_769, "d2ffff7fff")]
    [TestCase(int.MinValue, "d280000000")]
    [TestCase(-2_147_483_649, "d3ffffffff7fffffff")]
    [TestCase(long.MinValue, "d38000000000000000")]
    public void Integer_OfAnySize_TakesTheShortestForm(long value, string hex)
    {
        Assert.That(Document.Write((ref MessagePackWriter writer) => writer.WriteInt64(value)), Is.EqualTo(hex));
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            string narrow = Document.Write((ref MessagePackWriter writer) => writer.WriteInt32((int)value));
            Assert.That(narrow, Is.EqualTo(hex));
        }
    }

    [Test]
    public void UInt64_LargestOfAll_IsWritten() => Assert.That(
        Document.Write((ref MessagePackWriter writer) => writer.WriteUInt64(ulong.MaxValue)),
        Is.EqualTo("cfffffffffffffffff"));

    [TestCase(0.5, "ca3f000000")]
    [TestCase(0.1, "cb3fb999999999999a")]
    [TestCase(-0.0, "ca80000000")]
    [TestCase(double.PositiveInfinity, "ca7f800000")]
    [TestCase(1e300, "cb7e37e43c8800759c")]
    [TestCase(double.Epsilon, "cb0000000000000001")]
    public void Double_WithBitsThatSingleKeeps_IsWrittenAsSingle(double value, string hex) => Assert.That(
        Document.Write((ref MessagePackWriter writer) => writer.WriteDouble(value)),
        Is.EqualTo(hex));

    [TestCase(0, "a0", 'a')]
    [TestCase(31, "bf", 'a')]
    [TestCase(32, "d920", 'a')]
    [TestCase(255, "d9ff", 'a')]
    [TestCase(256, "da0100", 'a')]
    [TestCase(65_535, "daffff", 'a')]
    [TestCase(65_536, "db00010000", 'a')]
    [TestCase(16, "d920", 'ä')]
    [TestCase(31, "d93e", 'ä')]
    [TestCase(128, "da0100", 'ä')]
    [TestCase(100, "da012c", '漢')]
    [TestCase(30_000, "db00015f90", '漢')]
    public void String_OfALength_HasTheShortestHeader(int length, string header, char character)
    {
        string text = new(character, length);
        string hex = Document.Write((ref MessagePackWriter writer) => writer.WriteString(text));

        Assert.That(hex, Does.StartWith(header));
        Assert.That(Document.Read(hex, (ref MessagePackReader reader) => reader.ReadString()), Is.EqualTo(text));
    }

    [Test]
    public void String_WithHalfASurrogatePair_IsRefused() => Assert.That(
        () => Document.Write((ref MessagePackWriter writer) => writer.WriteString("a\uD83C")),
        Throws.TypeOf<MessagePackException>().With.Property("Problem").EqualTo(MessagePackProblem.InvalidUnicode));

    [Test]
    public void String_OfInvalidUtf8_IsRefused() => Assert.That(
        () => Document.Write((ref MessagePackWriter writer) => writer.WriteString((ReadOnlySpan<byte>)[0xC0, 0x80])),
        Throws.TypeOf<MessagePackException>().With.Property("Problem").EqualTo(MessagePackProblem.InvalidUnicode));

    [TestCase(0, "c400")]
    [TestCase(255, "c4ff")]
    [TestCase(256, "c50100")]
    [TestCase(65_536, "c600010000")]
    public void Binary_OfALength_HasTheShortestHeader(int length, string header)
    {
        string hex = Document.Write((ref MessagePackWriter writer) => writer.WriteBinary(new byte[length]));

        Assert.That(hex, Is.EqualTo(header + new string('0', 2 * length)));
    }

    [TestCase(0, "c70009")]
    [TestCase(1, "d409")]
    [TestCase(2, "d509")]
    [TestCase(3, "c70309")]
    [TestCase(4, "d609")]
    [TestCase(8, "d709")]
    [TestCase(16, "d809")]
    [TestCase(17, "c71109")]
    [TestCase(256, "c8010009")]
    [TestCase(65_536, "c90001000009")]
    public void Extension_OfALength_HasTheShortestHeader(int length, string header)
    {
        string hex = Document.Write((ref MessagePackWriter writer) => writer.WriteExtension(9, new byte[length]));

        Assert.That(hex, Is.EqualTo(header + new string('0', 2 * length)));
    }

    [TestCase(15, "9f", "8f")]
    [TestCase(16, "dc0010", "de0010")]
    [TestCase(65_535, "dcffff", "deffff")]
    [TestCase(65_536, "dd00010000", "df00010000")]
    public void Header_OfACount_IsTheShortest(int count, string array, string map)
    {
        string arrayHeader = Document.Write((ref MessagePackWriter writer) => writer.WriteArrayHeader(count));
        string mapHeader = Document.Write((ref MessagePackWriter writer) => writer.WriteMapHeader(count));

        Assert.That(arrayHeader, Is.EqualTo(array));
        Assert.That(mapHeader, Is.EqualTo(map));
    }

    [TestCase(0, 0u, "d6ff00000000")]
    [TestCase(4_294_967_295, 0u, "d6ffffffffff")]
    [TestCase(4_294_967_296, 0u, "d7ff0000000100000000")]
    [TestCase(0, 1u, "d7ff0000000400000000")]
    [TestCase(17_179_869_183, 999_999_999u, "d7ffee6b27ffffffffff")]
    [TestCase(17_179_869_184, 0u, "c70cff000000000000000400000000")]
    [TestCase(-1, 0u, "c70cff00000000ffffffffffffffff")]
    public void Timestamp_OfAnInstant_TakesTheShortestForm(long seconds, uint nanoseconds, string hex)
    {
        var instant = new MessagePackTimestamp(seconds, nanoseconds);

        Assert.That(Document.Write((ref MessagePackWriter writer) => writer.WriteTimestamp(instant)), Is.EqualTo(hex));
        Assert.That(Document.Read(hex, (ref MessagePackReader reader) => reader.ReadTimestamp()), Is.EqualTo(instant));
    }

    [TestCase("d501ffff", Description = "another extension")]
    [TestCase("d5ff0000", Description = "another length")]
    [TestCase("d7ffee6b280000000000", Description = "a second of nanoseconds")]
    [TestCase("c70cff3b9aca000000000000000000", Description = "a second of nanoseconds")]
    public void Timestamp_InAnInvalidForm_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, (ref MessagePackReader reader) => reader.ReadTimestamp()).Problem,
        Is.EqualTo(MessagePackProblem.InvalidTimestamp));

    [Test]
    public void Header_NestedDeeperThanAllowed_IsRefused()
    {
        MessagePackException exception = Document.Refused(() => Document.Write(Nest));

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.TooDeep));
        Assert.That(exception.Offset, Is.EqualTo(64));

        static void Nest(ref MessagePackWriter writer)
        {
            for (int i = 0; i < 65; i++)
            {
                writer.WriteArrayHeader(1);
            }
        }
    }

    [Test]
    public void EndContainer_OutsideOfAll_IsMisuse() => Assert.That(
        () => Document.Write((ref MessagePackWriter writer) => writer.EndContainer()),
        Throws.InvalidOperationException);

    [Test]
    public void Flush_Twice_GivesEachByteOnce()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        writer.WriteNil();
        writer.Flush();
        writer.WriteBoolean(true);
        writer.Flush();
        writer.Flush();

        Assert.That(Document.Hex(output.WrittenSpan), Is.EqualTo("c0c3"));
        Assert.That(writer.Position, Is.EqualTo(2));
    }

    [Test]
    public void Numbers_IntoRoomThatIsThere_AllocateNothing()
    {
        var output = new ArrayBufferWriter<byte>(4_096);
        WriteNumbers(output);
        output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();

        WriteNumbers(output);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void WriteNumbers(ArrayBufferWriter<byte> output)
    {
        var writer = new MessagePackWriter(output);
        for (int i = 0; i < 100; i++)
        {
            writer.WriteInt32(i * 1_000);
            writer.WriteDouble(i / 3.0);
            writer.WriteString("text");
            writer.WriteTimestamp(new MessagePackTimestamp(i, 5));
        }

        writer.Flush();
    }
}
