using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

public sealed class MessagePackReaderTests
{
    [TestCase("c0", MessagePackType.Nil)]
    [TestCase("c2", MessagePackType.Boolean)]
    [TestCase("00", MessagePackType.Integer)]
    [TestCase("7f", MessagePackType.Integer)]
    [TestCase("e0", MessagePackType.Integer)]
    [TestCase("cc80", MessagePackType.Integer)]
    [TestCase("d380", MessagePackType.Integer)]
    [TestCase("ca", MessagePackType.Float)]
    [TestCase("cb", MessagePackType.Float)]
    [TestCase("a0", MessagePackType.String)]
    [TestCase("bf", MessagePackType.String)]
    [TestCase("d9", MessagePackType.String)]
    [TestCase("db", MessagePackType.String)]
    [TestCase("c4", MessagePackType.Binary)]
    [TestCase("c6", MessagePackType.Binary)]
    [TestCase("90", MessagePackType.Array)]
    [TestCase("9f", MessagePackType.Array)]
    [TestCase("dc", MessagePackType.Array)]
    [TestCase("dd", MessagePackType.Array)]
    [TestCase("80", MessagePackType.Map)]
    [TestCase("8f", MessagePackType.Map)]
    [TestCase("de", MessagePackType.Map)]
    [TestCase("df", MessagePackType.Map)]
    [TestCase("c7", MessagePackType.Extension)]
    [TestCase("c9", MessagePackType.Extension)]
    [TestCase("d4", MessagePackType.Extension)]
    [TestCase("d8", MessagePackType.Extension)]
    public void NextType_OfAFirstByte_IsItsFormat(string hex, MessagePackType type) =>
        Assert.That(new MessagePackReader(Document.Bytes(hex)).NextType, Is.EqualTo(type));

    [TestCase("")]
    [TestCase("cc")]
    [TestCase("cd00")]
    [TestCase("ce000000")]
    [TestCase("cf00000000000000")]
    [TestCase("d0")]
    [TestCase("d100")]
    [TestCase("d2000000")]
    [TestCase("d300000000000000")]
    [TestCase("ca000000")]
    [TestCase("cb00000000000000")]
    [TestCase("a1")]
    [TestCase("d9")]
    [TestCase("d90261")]
    [TestCase("da0002")]
    [TestCase("dbffffffff61")]
    [TestCase("c402ff")]
    [TestCase("c5ffff")]
    [TestCase("c6ffffffff")]
    [TestCase("d4")]
    [TestCase("d401")]
    [TestCase("d8010203")]
    [TestCase("c7")]
    [TestCase("c700")]
    [TestCase("c8ffff01")]
    [TestCase("c9ffffffff01")]
    [TestCase("91")]
    [TestCase("dc0001")]
    [TestCase("ddffffffff0102030405")]
    [TestCase("81")]
    [TestCase("8101")]
    [TestCase("de0001")]
    [TestCase("dfffffffff0102030405")]
    public void Skip_OfADocumentCutShort_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, Skip).Problem,
        Is.EqualTo(MessagePackProblem.UnexpectedEnd));

    [Test]
    public void ReadArrayHeader_OfMoreThanIsLeft_IsRefusedAtItsOffset()
    {
        MessagePackException exception = Document.Refused("92 01 ddffffffff0102030405", Read);

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.UnexpectedEnd));
        Assert.That(exception.Offset, Is.EqualTo(2));
        Assert.That(exception.Path, Is.EqualTo("$[1]"));

        static int Read(ref MessagePackReader reader)
        {
            reader.ReadArrayHeader();
            reader.ReadInt32();
            return reader.ReadArrayHeader();
        }
    }

    [Test]
    public void ReadMapHeader_WithOneByteMissing_IsRefused() => Assert.That(
        Document.Refused("82 00 00 00", (ref MessagePackReader reader) => reader.ReadMapHeader()).Problem,
        Is.EqualTo(MessagePackProblem.UnexpectedEnd));

    [TestCase("c1")]
    [TestCase("91c1")]
    [TestCase("8100c1")]
    public void Skip_OfTheReservedByte_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, Skip).Problem,
        Is.EqualTo(MessagePackProblem.ReservedByte));

    [TestCase("a1ff")]
    [TestCase("a2c080", Description = "overlong")]
    [TestCase("a3eda080", Description = "a surrogate")]
    [TestCase("81a1ffc0", Description = "a key")]
    [TestCase("d902c328", Description = "a continuation that is none")]
    public void Skip_OfInvalidUnicode_IsRefused(string hex) => Assert.That(
        Document.Refused(hex, Skip).Problem,
        Is.EqualTo(MessagePackProblem.InvalidUnicode));

    [Test]
    public void SkipUnknownMember_WithAnInvalidName_IsRefused()
    {
        MessagePackException exception = Document.Refused("81a1ff00", (ref MessagePackReader reader) =>
        {
            reader.ReadMapHeader();
            reader.SkipUnknownMember(reader.ReadMemberName());
            return 0;
        });

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.InvalidUnicode));
    }

    [Test]
    public void Skip_NestedAsDeepAsAllowed_Passes() => Assert.That(Document.Read(Document.Nested(64), Skip), Is.Zero);

    [TestCase(64, 65)]
    [TestCase(1, 2)]
    public void Skip_NestedDeeperThanAllowed_IsRefused(int allowed, int depth)
    {
        var options = new MessagePackReaderOptions { MaximumDepth = allowed };

        MessagePackException exception = Document.Refused(Document.Nested(depth), Skip, options);

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.TooDeep));
        Assert.That(exception.Offset, Is.EqualTo(allowed));
    }

    [Test]
    public void Skip_NestedAsDeepAsCanBeAllowed_KeepsTheStack()
    {
        const int Deepest = MessagePackReaderOptions.DeepestAllowed;
        var options = new MessagePackReaderOptions { MaximumDepth = Deepest };

        Assert.That(Document.Read(Document.Nested(Deepest), Skip, options), Is.Zero);
    }

    [TestCase(0)]
    [TestCase(1_001)]
    public void MaximumDepth_OutOfRange_IsRefused(int depth) => Assert.That(
        () => new MessagePackReaderOptions { MaximumDepth = depth },
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void EnsureEnd_WithBytesLeft_IsRefused() => Assert.That(
        Document.Refused("c0c0", Skip).Problem,
        Is.EqualTo(MessagePackProblem.TrailingBytes));

    [Test]
    public void TryReadNil_OfSomethingElse_LeavesIt()
    {
        var reader = new MessagePackReader([0x01]);

        Assert.That(reader.TryReadNil(), Is.False);
        Assert.That(reader.Position, Is.Zero);
    }

    [Test]
    public void ReadBoolean_OfAnotherType_NamesBoth()
    {
        MessagePackException exception = Document.Refused("a0", (ref MessagePackReader reader) => reader.ReadBoolean());

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.WrongType));
        Assert.That(exception.ExpectedType, Is.EqualTo(MessagePackType.Boolean));
        Assert.That(exception.ActualType, Is.EqualTo(MessagePackType.String));
    }

    [Test]
    public void ReadString_OfNil_IsAnUnexpectedNull() => Assert.That(
        Document.Refused("c0", (ref MessagePackReader reader) => reader.ReadString()).Problem,
        Is.EqualTo(MessagePackProblem.UnexpectedNull));

    [Test]
    public void EndContainer_OutsideOfAll_IsMisuse() => Assert.That(
        () => new MessagePackReader([0x90]).EndContainer(),
        Throws.InvalidOperationException);

    [Test]
    public void ReadArrayHeader_OfAnotherLength_IsRefused()
    {
        MessagePackException exception = Document.Refused("9100", (ref MessagePackReader reader) =>
        {
            reader.ReadArrayHeader(2);
            return 0;
        });

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.WrongLength));
    }

    [Test]
    public void Reserve_MoreThanTheDocumentJustifies_IsRefused()
    {
        var options = new MessagePackReaderOptions { MaximumExpansion = 2 };
        MessagePackException exception = Document.Refused("c0", Take, options);

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.TooLarge));

        static int Take(ref MessagePackReader reader)
        {
            reader.Reserve(65_536 + 2);
            reader.Reserve(1);
            return 0;
        }
    }

    private static int Skip(ref MessagePackReader reader)
    {
        reader.Skip();
        return reader.Depth;
    }
}
