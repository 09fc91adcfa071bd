using Plugins.Payloads.Converters;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Samples;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.Converters;

public sealed class EnumNameConverterTests
{
    private static readonly EnumNameConverter<OrderState> States = new(
        [new("open", OrderState.Open), new("paid", OrderState.Paid), new("payed", OrderState.Paid)]);

    private static readonly EnumNameConverter<FileAccess> Flags = new(
        [new("Read", FileAccess.Read), new("Write", FileAccess.Write)],
        isFlags: true);

    [TestCase(OrderState.Open, "open")]
    [TestCase(OrderState.Paid, "paid")]
    public void Value_WithAName_IsTheFirstName(OrderState state, string name)
    {
        string hex = Document.Write(state, States);

        Assert.That(Document.Read(hex, StringConverter.Instance), Is.EqualTo(name));
        Assert.That(Document.Read(hex, States), Is.EqualTo(state));
    }

    [Test]
    public void Value_WithoutAName_IsItsNumber()
    {
        Assert.That(Document.Write(OrderState.Lost, States), Is.EqualTo("ccc8"));
        Assert.That(Document.Read("ccc8", States), Is.EqualTo(OrderState.Lost));
    }

    [Test]
    public void SecondName_OfAValue_IsRead() => Assert.That(
        Document.Read(Document.Write("payed", StringConverter.Instance), States),
        Is.EqualTo(OrderState.Paid));

    [TestCase("Open")]
    [TestCase("")]
    [TestCase("open, paid")]
    [TestCase("1")]
    public void Text_ThatIsNoName_IsRefused(string text) => Assert.That(
        Document.Refused(Document.Write(text, StringConverter.Instance), States).Problem,
        Is.EqualTo(MessagePackProblem.InvalidText));

    [TestCase("Read, Write", FileAccess.ReadWrite)]
    [TestCase("Write,Read", FileAccess.ReadWrite)]
    [TestCase("Write", FileAccess.Write)]
    public void Flags_BetweenCommas_AreRead(string text, FileAccess flags) => Assert.That(
        Document.Read(Document.Write(text, StringConverter.Instance), Flags),
        Is.EqualTo(flags));

    [Test]
    public void Flags_Several_AreJoined() => Assert.That(
        Document.Read(Document.Write(FileAccess.ReadWrite, Flags), StringConverter.Instance),
        Is.EqualTo("Read, Write"));

    [Test]
    public void Flags_WithABitThatHasNoName_AreTheNumber() =>
        Assert.That(Document.Write((FileAccess)5, Flags), Is.EqualTo("05"));

    [TestCase("Read,")]
    [TestCase("Read,Read,Read")]
    [TestCase(",")]
    public void Flags_RepeatedOrEmpty_AreRefused(string text) => Assert.That(
        Document.Refused(Document.Write(text, StringConverter.Instance), Flags).Problem,
        Is.EqualTo(MessagePackProblem.InvalidText));

    [Test]
    public void Names_WithOneTwice_AreMisuse() => Assert.That(
        () => new EnumNameConverter<OrderState>([new("a", OrderState.Open), new("a", OrderState.Paid)]),
        Throws.ArgumentException);
}
