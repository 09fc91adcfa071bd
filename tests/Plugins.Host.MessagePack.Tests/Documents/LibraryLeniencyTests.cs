using MessagePack;
using MessagePack.Resolvers;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests.Documents;

/// <summary>What the library alone accepts of somebody who is not trusted, and this package refuses.</summary>
internal sealed class LibraryLeniencyTests
{
    private static readonly MessagePackSerializerOptions s_library =
        ContractlessStandardResolver.Options.WithSecurity(MessagePackSecurity.UntrustedData);

    private static IEnumerable<TestCaseData> Accepted =>
    [
        Case("bytes that follow", MessagePackProblem.TrailingBytes, "81 a14e 01 c1"),
        Case("a member twice", MessagePackProblem.DuplicateKey, "82 a14e 01 a14e 02"),
        Case("a skipped member twice", MessagePackProblem.DuplicateKey, "81 a17a 82 a161 01 a161 02"),
        Case("text that is not UTF-8", MessagePackProblem.InvalidUtf8, "81 a154 a1ff"),
        Case("skipped text that is not UTF-8", MessagePackProblem.InvalidUtf8, "81 a17a a1ff"),
        Case("a name that is not UTF-8", MessagePackProblem.InvalidUtf8, "81 a1ff 01"),
        Case("nil for a whole document", MessagePackProblem.UnexpectedNull, "c0"),
    ];

    [TestCaseSource(nameof(Accepted))]
    public void Document_TheLibraryAccepts_IsRefused(MessagePackProblem problem, string hex)
    {
        Assert.That(() => MessagePackSerializer.Deserialize<Small>(Hex.Bytes(hex), s_library), Throws.Nothing);
        Assert.That(Hex.Refused<Small>(hex).Problem, Is.EqualTo(problem));
    }

    [Test]
    public void SkippedMember_OfAMillionLevels_IsRefused()
    {
        byte[] document = [0x81, 0xA1, (byte)'z', .. Enumerable.Repeat((byte)0x91, 1_000_000), 0xC0];
        Assert.That(() => MessagePackSerializer.Deserialize<Small>(document, s_library), Throws.Nothing);
        MessagePackPayloadException refusal = Assert.Throws<MessagePackPayloadException>(
            () => Hex.Read<Small>(document))!;
        Assert.That((refusal.Problem, refusal.Offset), Is.EqualTo((MessagePackProblem.TooDeep, (long?)66)));
    }

    [Test]
    public void Objects_OfAByteEach_AreBoundedInNumber()
    {
        byte[] document = [0xDD, 0x00, 0x10, 0x00, 0x00, .. Enumerable.Repeat((byte)0x80, 0x10_0000)];
        Assert.That(MessagePackSerializer.Deserialize<Small[]>(document, s_library), Has.Length.EqualTo(0x10_0000));
        MessagePackPayloadException refusal = Assert.Throws<MessagePackPayloadException>(
            () => Hex.Read<Small[]>(document))!;
        Assert.That(refusal.Problem, Is.EqualTo(MessagePackProblem.TooManyValues));
    }

    [Test]
    public void Type_NamedByADocument_IsNotLoaded()
    {
        byte[] document = MessagePackSerializer.Serialize("System.Int32");
        Assert.That(MessagePackSerializer.Deserialize<Type>(document, s_library), Is.EqualTo(typeof(int)));
        Assert.That(() => Hex.Read<Type>(document), Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [Test]
    public void SortedList_IsRefused_SinceKeysInTheWrongOrderMakeItSlow()
    {
        Assert.That(
            MessagePackSerializer.Deserialize<SortedList<long, int>>(Hex.Bytes("81 01 02"), s_library), Is.Not.Empty);
        Assert.That(
            () => Hex.Read<SortedList<long, int>>("81 01 02"), Throws.TypeOf<UnsafePayloadTypeException>());
    }

    [Test]
    public void TypeOfTheRuntime_WithoutAFormatter_IsRefusedRatherThanWrittenAsNothing()
    {
        var element = System.Text.Json.JsonDocument.Parse("""{"a":1}""").RootElement;
        Assert.That(MessagePackSerializer.Serialize(element, s_library), Is.EqualTo(new byte[] { 0x80 }));
        Assert.That(() => Hex.Write(element), Throws.TypeOf<UnknownPayloadTypeException>());
    }

    private static TestCaseData Case(string name, MessagePackProblem problem, string hex) =>
        new TestCaseData(problem, hex).SetArgDisplayNames(name);
}
