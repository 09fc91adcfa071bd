using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

public sealed class MessagePackReaderNumberTests
{
    private static readonly Dictionary<string, Reading<Int128>> Integers = new(StringComparer.Ordinal)
    {
        ["Byte"] = (ref MessagePackReader reader) => reader.ReadByte(),
        ["SByte"] = (ref MessagePackReader reader) => reader.ReadSByte(),
        ["Int16"] = (ref MessagePackReader reader) => reader.ReadInt16(),
        ["UInt16"] = (ref MessagePackReader reader) => reader.ReadUInt16(),
        ["Int32"] = (ref MessagePackReader reader) => reader.ReadInt32(),
        ["UInt32"] = (ref MessagePackReader reader) => reader.ReadUInt32(),
        ["Int64"] = (ref MessagePackReader reader) => reader.ReadInt64(),
        ["UInt64"] = (ref MessagePackReader reader) => reader.ReadUInt64(),
    };

    private static readonly Dictionary<string, (Int128 Least, Int128 Most)> Ranges = new(StringComparer.Ordinal)
    {
        ["Byte"] = (byte.MinValue, byte.MaxValue),
        ["SByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["Int16"] = (short.MinValue, short.MaxValue),
        ["UInt16"] = (ushort.MinValue, ushort.MaxValue),
        ["Int32"] = (int.MinValue, int.MaxValue),
        ["UInt32"] = (uint.MinValue, uint.MaxValue),
        ["Int64"] = (long.MinValue, long.MaxValue),
        ["UInt64"] = (ulong.MinValue, ulong.MaxValue),
    };

    private static IEnumerable<string> Types => Integers.Keys;

    /// <summary>Every form at its edges, and what it means.</summary>
    private static readonly (string Hex, Int128 Value)[] Forms =
    [
        ("00", 0), ("7f", 127), ("ff", -1), ("e0", -32),
        ("cc00", 0), ("cc7f", 127), ("cc80", 128), ("ccff", 255),
        ("cd0000", 0), ("cd7fff", 32_767), ("cd8000", 32_768), ("cdffff", 65_535),
        ("ce00000001", 1), ("ce7fffffff", int.MaxValue), ("ce80000000", 2_147_483_648), ("ceffffffff", uint.MaxValue),
        ("cf0000000000000001", 1), ("cf7fffffffffffffff", long.MaxValue), ("cfffffffffffffffff", ulong.MaxValue),
        ("cf8000000000000000", 1 + (Int128)long.MaxValue),
        ("d000", 0), ("d07f", 127), ("d080", -128), ("d0ff", -1),
        ("d10000", 0), ("d17fff", 32_767), ("d18000", -32_768), ("d1ffff", -1), ("d1ff7f", -129), ("d10100", 256),
        ("d200000000", 0), ("d27fffffff", int.MaxValue), ("d280000000", int.MinValue), ("d2ffff7fff", -32_769),
        ("d30000000000000000", 0), ("d37fffffffffffffff", long.MaxValue), ("d38000000000000000", long.MinValue),
        ("d3ffffffffffffffff", -1), ("d3ffffffff7fffffff", -2_147_483_649), ("d30000000100000000", 4_294_967_296),
    ];

    [TestCaseSource(nameof(Types))]
    public void Integer_InEveryForm_IsReadWhenItFits(string type)
    {
        (Int128 least, Int128 most) = Ranges[type];

        foreach ((string hex, Int128 value) in Forms.Where(form => form.Value >= least && form.Value <= most))
        {
            Assert.That(Document.Read(hex, Integers[type]), Is.EqualTo(value), hex);
        }
    }

    [TestCaseSource(nameof(Types))]
    public void Integer_OutOfItsRange_IsRefused(string type)
    {
        (Int128 least, Int128 most) = Ranges[type];

        foreach ((string hex, Int128 _) in Forms.Where(form => form.Value < least || form.Value > most))
        {
            MessagePackException exception = Document.Refused(hex, Integers[type]);
            Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.OutOfRange), hex);
        }
    }

    [TestCase("ca3f800000")]
    [TestCase("a131")]
    [TestCase("c3")]
    public void Integer_OfAnotherType_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, Integers["Int32"]).ExpectedType,
        Is.EqualTo(MessagePackType.Integer));

    [TestCase("cb3fe0000000000000", 0.5)]
    [TestCase("ca3f000000", 0.5)]
    [TestCase("01", 1)]
    [TestCase("ff", -1)]
    [TestCase("cf0020000000000000", 9_007_199_254_740_992)]
    [TestCase("cf8000000000000000", 9_223_372_036_854_775_808)]
    [TestCase("d38000000000000000", -9_223_372_036_854_775_808)]
    [TestCase("cb7ff0000000000000", double.PositiveInfinity)]
    [TestCase("cb7ff8000000000000", double.NaN)]
    public void Double_InAnyExactForm_IsRead(string hex, double value) => Assert.That(
        Document.Read(hex, (ref MessagePackReader reader) => reader.ReadDouble()),
        Is.EqualTo(value));

    [TestCase("cf0020000000000001")]
    [TestCase("cfffffffffffffffff")]
    [TestCase("d3ffdfffffffffffff")]
    public void Double_FromAnIntegerItWouldRound_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, (ref MessagePackReader reader) => reader.ReadDouble()).Problem,
        Is.EqualTo(MessagePackProblem.OutOfRange));

    [TestCase("cb3fb999999999999a", 0.1f)]
    [TestCase("ca3dcccccd", 0.1f)]
    [TestCase("05", 5f)]
    [TestCase("cb7ff0000000000000", float.PositiveInfinity)]
    public void Single_FromAnyForm_IsTheNearest(string hex, float value) => Assert.That(
        Document.Read(hex, (ref MessagePackReader reader) => reader.ReadSingle()),
        Is.EqualTo(value));

    [Test]
    public void Single_FromADoubleBeyondIt_IsRefused() => Assert.That(
        Document.Refused("cb7fefffffffffffff", (ref MessagePackReader reader) => reader.ReadSingle()).Problem,
        Is.EqualTo(MessagePackProblem.OutOfRange));
}
