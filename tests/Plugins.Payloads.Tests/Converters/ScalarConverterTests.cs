using System.Text.Json;
using Plugins.Payloads.Converters;
using Plugins.Payloads.Converters.Numbers;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Samples;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.Converters;

public sealed class ScalarConverterTests
{
    [Test]
    public void Guid_Written_IsItsText() => Assert.That(
        Document.Write(Guid.Empty, GuidConverter.Instance),
        Is.EqualTo("d924" + Text("00000000-0000-0000-0000-000000000000")));

    [TestCase("{00000000-0000-0000-0000-000000000000}")]
    [TestCase("00000000000000000000000000000000")]
    [TestCase("00000000-0000-0000-0000-00000000000g")]
    [TestCase("00000000-0000-0000-0000-0000000000000")]
    [TestCase("0x000000-0000-0000-0000-000000000000")]
    [TestCase("")]
    public void Guid_InAnotherForm_IsRefused(string text) => RefusesText(text, GuidConverter.Instance);

    [TestCase("9.99")]
    [TestCase("-79228162514264337593543950335")]
    [TestCase("0.1000")]
    public void Decimal_Written_KeepsAllDigits(string text)
    {
        decimal value = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        string hex = Document.Write(value, DecimalConverter.Instance);

        Assert.That(Document.Read(hex, StringConverter.Instance), Is.EqualTo(text));
        Assert.That(decimal.GetBits(Document.Read(hex, DecimalConverter.Instance)), Is.EqualTo(decimal.GetBits(value)));
    }

    [TestCase("1,5")]
    [TestCase(" 1")]
    [TestCase("1e3")]
    [TestCase("79228162514264337593543950336")]
    [TestCase("0.00000000000000000000000000000000000000000000000000000000000000001")]
    public void Decimal_InAnotherForm_IsRefused(string text) => RefusesText(text, DecimalConverter.Instance);

    [Test]
    public void Decimal_FromAnInteger_IsRead() => Assert.That(
        Document.Read("cfffffffffffffffff", DecimalConverter.Instance),
        Is.EqualTo(ulong.MaxValue));

    [Test]
    public void Decimal_FromAFloat_IsRefused() => Assert.That(
        Document.Refused("ca3f000000", DecimalConverter.Instance).Problem,
        Is.EqualTo(MessagePackProblem.WrongType));

    [TestCase("")]
    [TestCase("ab")]
    [TestCase("🍺")]
    public void Char_FromAnotherLength_IsRefused(string text) => RefusesText(text, CharConverter.Instance);

    [TestCase("https://example.org/a?b#c")]
    [TestCase("relative/path")]
    public void Uri_Written_IsItsText(string text)
    {
        string hex = Document.Write(new Uri(text, UriKind.RelativeOrAbsolute), UriConverter.Instance);

        Assert.That(hex, Does.EndWith(Text(text)));
        Assert.That(Document.Read(hex, UriConverter.Instance).OriginalString, Is.EqualTo(text));
    }

    [TestCase("http://[")]
    public void Uri_ThatIsNone_IsRefused(string text) => RefusesText(text, UriConverter.Instance);

    [TestCase("1.2")]
    [TestCase("1.2.3.2147483647")]
    public void Version_Any_ComesBack(string text) => Assert.That(
        Document.Read(Document.Write(new Version(text), VersionConverter.Instance), VersionConverter.Instance),
        Is.EqualTo(new Version(text)));

    [TestCase("1")]
    [TestCase("1. 2")]
    [TestCase("1.+2")]
    [TestCase("1.2.3.4.5")]
    public void Version_InAnotherForm_IsRefused(string text) => RefusesText(text, VersionConverter.Instance);

    [Test]
    public void ByteMemory_Read_IsACopy()
    {
        byte[] document = Document.Bytes("c40101");
        ReadOnlyMemory<byte> memory = MessagePackSerializer.Deserialize(document, ByteMemoryConverter.Instance);
        document[2] = 9;

        Assert.That(memory.ToArray(), Is.EqualTo(new byte[] { 1 }));
    }

    [Test]
    public void Nullable_OfNull_IsNil()
    {
        var converter = new NullableConverter<int>(Int32Converter.Instance);

        Assert.That(Document.Write<int?>(null, converter), Is.EqualTo("c0"));
        Assert.That(Document.Read("c0", converter), Is.Null);
        Assert.That(Document.Read("05", converter), Is.EqualTo(5));
    }

    [Test]
    public void Null_ForWhatPromisesAValue_IsRefused()
    {
        IsUnexpectedNull(() => Document.Write(null!, StringConverter.Instance));
        IsUnexpectedNull(() => Document.Write(null!, ByteArrayConverter.Instance));
        IsUnexpectedNull(() => Document.Write(null!, UriConverter.Instance));
        IsUnexpectedNull(() => Document.Write(null!, VersionConverter.Instance));
        IsUnexpectedNull(() => Document.Read("c0", StringConverter.Instance));
        IsUnexpectedNull(() => Document.Read("c0", ByteArrayConverter.Instance));
        IsUnexpectedNull(() => Document.Read("c0", Int32Converter.Instance));
    }

    [TestCase(OrderState.Lost, "ccc8")]
    [TestCase((OrderState)77, "4d")]
    public void EnumNumber_WithOrWithoutAName_IsItsNumber(OrderState state, string hex)
    {
        var converter = new EnumNumberConverter<OrderState>();

        Assert.That(Document.Write(state, converter), Is.EqualTo(hex));
        Assert.That(Document.Read(hex, converter), Is.EqualTo(state));
    }

    [Test]
    public void EnumNumber_BeyondItsType_IsRefused() => Assert.That(
        Document.Refused("cd0100", new EnumNumberConverter<OrderState>()).Problem,
        Is.EqualTo(MessagePackProblem.OutOfRange));

    [TestCase("null", "c0")]
    [TestCase("""{"a":[1,-1,1.5,"x",true,null]}""", "81a1619601ffca3fc00000a178c3c0")]
    [TestCase("18446744073709551615", "cfffffffffffffffff")]
    public void JsonElement_OfAnyShape_ComesBack(string json, string hex)
    {
        Assert.That(Document.Write(JsonElement.Parse(json), JsonElementConverter.Instance), Is.EqualTo(hex));
        Assert.That(Document.Read(hex, JsonElementConverter.Instance).GetRawText(), Is.EqualTo(json));
    }

    [TestCase("c40201ff", "\"Af8=\"")]
    [TestCase("d6ff5a4af6a5", "\"2018-01-02T03:04:05Z\"")]
    public void JsonElement_FromWhatJsonLacks_IsText(string hex, string json) => Assert.That(
        Document.Read(hex, JsonElementConverter.Instance).GetRawText(),
        Is.EqualTo(json).Or.EqualTo(json.Replace("+", "\\u002B", StringComparison.Ordinal)));

    [TestCase("cb7ff8000000000000", MessagePackProblem.OutOfRange)]
    [TestCase("810100", MessagePackProblem.WrongType)]
    [TestCase("82a16100a16100", MessagePackProblem.DuplicateKey)]
    [TestCase("d50101ff", MessagePackProblem.InvalidTimestamp)]
    [TestCase("c70cff000000007fffffffffffffff", MessagePackProblem.OutOfRange)]
    public void JsonElement_FromWhatHasNoForm_IsRefused(string hex, MessagePackProblem problem) => Assert.That(
        Document.Refused(hex, JsonElementConverter.Instance).Problem,
        Is.EqualTo(problem));

    [Test]
    public void JsonElement_NestedDeeperThanAllowed_IsRefused() => Assert.That(
        Document.Refused(Document.Nested(65), JsonElementConverter.Instance).Problem,
        Is.EqualTo(MessagePackProblem.TooDeep));

    private static string Text(string text) => Document.Hex(System.Text.Encoding.UTF8.GetBytes(text));

    private static void RefusesText<T>(string text, PayloadConverter<T> converter) => Assert.That(
        Document.Refused(Document.Write(text, StringConverter.Instance), converter).Problem,
        Is.EqualTo(MessagePackProblem.InvalidText));

    private static void IsUnexpectedNull(Action action) =>
        Assert.That(Document.Refused(action).Problem, Is.EqualTo(MessagePackProblem.UnexpectedNull));
}
