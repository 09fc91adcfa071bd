using System.Globalization;
using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;
using Plugins.Host.Payloads;

namespace Plugins.Host.MessagePack.Tests;

internal sealed class MessagePackPayloadFormatTests
{
    private static IEnumerable<TestCaseData> Written =>
    [
        Case(true, "c3"),
        Case(200, "ccc8"),
        Case(-1L, "ff"),
        Case(1.5, "cb3ff8000000000000"),
        Case(1.5f, "ca3fc00000"),
        Case(9.990m, "a5392e393930"),
        Case("é", "a2c3a9"),
        Case('x', "78"),
        Case(new Uri("http://a/"), "a9687474703a2f2f612f"),
        Case(new Version(1, 2), "a3312e32"),
        Case(new byte[] { 1, 2 }, "c4020102"),
        Case(new DateTime(1970, 1, 1, 0, 0, 1, DateTimeKind.Utc), "d6ff00000001"),
        Case(new DateTimeOffset(1970, 1, 1, 1, 0, 1, TimeSpan.FromHours(1)), "92d6ff00000e113c"),
        Case(TimeSpan.FromTicks(5), "05"),
        Case(new DateOnly(1, 1, 2), "01"),
        Case(new TimeOnly(7), "07"),
        Case(OrderState.Paid, "01"),
        Case((1, "a"), "9201a161"),
        Case(new KeyValuePair<int, int>(1, 2), "920102"),
        Case(new Dictionary<int, string> { [7] = "x" }, "8107a178"),
    ];

    [TestCaseSource(nameof(Written))]
    public void Value_OfEachKind_HasItsForm(object value, string hex)
    {
        var write = ((Func<int, MessagePackPayloadFormat?, string>)Hex.Write).Method.GetGenericMethodDefinition();
        Assert.That(write.MakeGenericMethod(value.GetType()).Invoke(null, [value, null]), Is.EqualTo(hex));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Order_Written_IsReadBack(int seed)
    {
        Order order = Order.Create(seed, depth: 3);
        Assert.That(Hex.Read<Order>(Hex.Write(order)), Is.EqualTo(order).UsingPropertiesComparer());
    }

    [TestCase("81 a14e a161", 3, "$.N", Description = "text for a number")]
    [TestCase("81 a14e cf ffffffffffffffff", 3, "$.N", Description = "out of range")]
    [TestCase("81 a14c 93 01 02 c3", 6, "$.L[2]")]
    [TestCase("81 a153 81 a154 01", 6, "$.S.T")]
    [TestCase("91 01", 0, "$", Description = "an array for an object")]
    public void Document_ThatDoesNotFit_IsRefusedAtItsPlace(string hex, int offset, string path)
    {
        MessagePackPayloadException refusal = Hex.Refused<Small>(hex);
        Assert.That(
            (refusal.Problem, refusal.Offset, refusal.Path, refusal.PayloadType),
            Is.EqualTo((MessagePackProblem.DoesNotFit, (long?)offset, path, typeof(Small))));
        Assert.That(refusal.InnerException, Is.Not.Null);
    }

    [Test]
    public void Keys_ThatAreNumbersAndComeTwice_AreRefused() => Assert.That(
        Hex.Refused<Dictionary<int, int>>("82 01 01 cc01 02").Problem, Is.EqualTo(MessagePackProblem.DoesNotFit));

    [Test]
    public void Key_ThatIsAnArrayInAnUntypedMap_IsTheDocumentsFault() =>
        Assert.That(Hex.Refused<object>("81 90 01").Problem, Is.EqualTo(MessagePackProblem.DoesNotFit));

    // The library's semantics, which docs/payloads.md lists.
    [Test]
    public void Members_ThatAreMissingOrUnknownOrNil_AreTheLibrarysToJudge()
    {
        Assert.That(Hex.Read<Order>("80").Id, Is.EqualTo(Guid.Empty), "a required member that is missing");
        Assert.That(Hex.Read<OrderLine>("80").Article, Is.Null, "a parameter that is missing");
        Assert.That(Hex.Read<Small>("81 a17a 93 01 80 a161").N, Is.Zero, "an unknown member");
        Assert.That(Hex.Read<Order>("81 a54c696e6573 c0").Lines, Is.Null, "nil for what is never null");
        Assert.That(Hex.Read<List<string>>("91 c0")[0], Is.Null, "nil in a list of what is never null");
        Assert.That(Hex.Read<double>("01"), Is.EqualTo(1), "a whole number for a fraction");
        Assert.That(Hex.Read<double>("ca3dcccccd"), Is.EqualTo((double)0.1f), "single precision");
        Assert.That(Hex.Write("\ud800"), Is.EqualTo("a3efbfbd"), "half of a surrogate pair");
    }

    [Test]
    public void Null_AsAWholeDocument_IsForNullableNumbersOnly()
    {
        Assert.That(Hex.Read<int?>("c0"), Is.Null);
        Assert.That(Hex.Write<int?>(null), Is.EqualTo("c0"));
        Assert.That(Hex.Refused<Small>("c0").Problem, Is.EqualTo(MessagePackProblem.UnexpectedNull));
        Assert.That(
            () => Hex.Write<Small>(null!),
            Throws.TypeOf<MessagePackPayloadException>().With.Property("Offset").Null);
    }

    [TestCase("application/vnd.msgpack")]
    [TestCase("application/msgpack; a=b")]
    [TestCase("application/x-msgpack")]
    [TestCase("application/vnd.acme.order+MsgPack")]
    public void MediaType_OfMessagePack_IsAccepted(string mediaType) =>
        Assert.That(Hex.Format.Accepts(new PayloadMediaType(mediaType)), Is.True);

    [TestCase("application/json")]
    [TestCase("+msgpack")]
    [TestCase("application/msgpack2")]
    public void MediaType_OfSomethingElse_IsNot(string mediaType) =>
        Assert.That(Hex.Format.Accepts(new PayloadMediaType(mediaType)), Is.False);

    [Test]
    public void Reading_IntoManyObjects_EndsWhenTheCallDoes()
    {
        int asked = 0;
        Small[] values = [.. Enumerable.Range(0, 1_000).Select(number => new Small { N = number })];
        byte[] document = Hex.WriteBytes(values);
        var stopped = new PayloadDocument(
            document, () => asked += asked < 5 ? 1 : throw new TimeoutException("That is enough."));
        Assert.That(() => Hex.Format.Read<Small[]>(stopped), Throws.TypeOf<TimeoutException>());
        Assert.That(asked, Is.EqualTo(5));
    }

    [Test]
    public void Reading_IntoACollectionOfTheApplications_EndsWhenTheCallDoes()
    {
        int asked = 0;
        int[] values = [.. Enumerable.Range(0, 20_000)];
        var stopped = new PayloadDocument(
            Hex.WriteBytes(values), () => asked += asked < 10 ? 1 : throw new TimeoutException("That is enough."));
        Assert.That(() => Hex.Format.Read<Bag>(stopped), Throws.TypeOf<TimeoutException>());
        Assert.That(Bag.LastCount, Is.InRange(1, values.Length / 2));
    }

    [Test]
    public void Property_ThatThrows_IsTheApplicationsException() => Assert.That(
        () => Hex.Write(new Throwing()), Throws.TypeOf<NotSupportedException>());

    [Test]
    public void Setter_ThatThrows_RefusesTheDocument()
    {
        MessagePackPayloadException refusal = Hex.Refused<Throwing>("81 a54e616d6573 01");
        Assert.That(refusal.InnerException, Is.TypeOf<NotSupportedException>());
    }

    private static TestCaseData Case(object value, string hex) => new TestCaseData(value, hex)
        .SetArgDisplayNames(value.GetType().Name, string.Create(CultureInfo.InvariantCulture, $"{value}"));

    public sealed class Throwing
    {
        public int Names
        {
            get => throw new NotSupportedException("no");
            set => throw new NotSupportedException($"{value}");
        }
    }
}
