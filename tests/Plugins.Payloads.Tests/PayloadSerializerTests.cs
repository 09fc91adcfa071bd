using System.Buffers;
using System.Text;
using System.Text.Json;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Samples;

namespace Plugins.Payloads.Tests;

public sealed class PayloadSerializerTests
{
    private readonly PayloadSerializer _serializer = new(new PayloadSerializerOptions
    {
        Json = new JsonSerializerOptions(PayloadSerializer.CreateJsonOptions())
        {
            TypeInfoResolver = SampleJsonContext.Default,
        },
        Contexts = [new SampleContext()],
    });

    [TestCase(PayloadFormat.Json)]
    [TestCase(PayloadFormat.MessagePack)]
    public void Order_InEitherFormat_ComesBack(PayloadFormat format)
    {
        var output = new ArrayBufferWriter<byte>();
        Order order = SampleOrders.Create(3, depth: 2);

        _serializer.Write(format, output, order);
        Order echo = _serializer.Read<Order>(format, output.WrittenSpan);

        Assert.That(echo, Is.EqualTo(order).UsingPropertiesComparer());
    }

    [TestCase(PayloadFormat.Json, "JsonSerializable(typeof(Version))")]
    [TestCase(PayloadFormat.MessagePack, "PayloadSerializable(typeof(Version))")]
    public void Type_WithoutDescription_NamesTheAttribute(PayloadFormat format, string attribute)
    {
        UnknownPayloadTypeException exception = Thrown<UnknownPayloadTypeException>(
            () => _serializer.Read<Version>(format, []));

        Assert.That(exception.Message, Does.Contain(attribute));
        Assert.That(exception.PayloadType, Is.EqualTo(typeof(Version)));
        Assert.That(exception.Format, Is.EqualTo(format));
        Assert.That(_serializer.Knows<Version>(format), Is.False);
        Assert.That(_serializer.Knows<Order>(format), Is.True);
    }

    [TestCase("{", null)]
    [TestCase("null", "$")]
    [TestCase(" null ", "$")]
    [TestCase("""{"Note":"a"}""", "$")]
    [TestCase("""{"Id":"00000001-0002-0003-0405-060708090a0b","Id":"00000001-0002-0003-0405-060708090a0b"}""", null)]
    [TestCase("""{"Id":"00000001-0002-0003-0405-060708090a0b","Lines":null}""", "$.Lines")]
    [TestCase("""{"Id":"00000001-0002-0003-0405-060708090a0b","Lines":[{"Count":"x"}]}""", "$.Lines[0].Count")]
    [TestCase("""{"Id":"00000001-0002-0003-0405-060708090a0b"} 1""", "$")]
    [TestCase("""{"\ud800":1}""", null)]
    [TestCase("""{"Id":"00000001-0002-0003-0405-060708090a0b","\ud800":1,"\udc00":2}""", null)]
    public void Json_ThatDoesNotFit_IsTheTypedException(string json, string? path)
    {
        JsonPayloadException exception = Thrown<JsonPayloadException>(
            () => _serializer.Read<Order>(PayloadFormat.Json, Encoding.UTF8.GetBytes(json)));

        Assert.That(exception.PayloadType, Is.EqualTo(typeof(Order)));
        if (path is not null)
        {
            Assert.That(exception.Path, Is.EqualTo(path));
        }
    }

    [Test]
    public void Json_OfANullableNumber_MayBeNull() =>
        Assert.That(_serializer.Read<int?>(PayloadFormat.Json, "null"u8), Is.Null);

    [TestCase(PayloadFormat.Json)]
    [TestCase(PayloadFormat.MessagePack)]
    public void Cycle_Written_IsRefusedBeforeTheStackEnds(PayloadFormat format)
    {
        Order order = SampleOrders.Create(depth: 100);

        Assert.That(
            () => _serializer.Write(format, new ArrayBufferWriter<byte>(), order),
            Throws.InstanceOf<PayloadException>());
    }

    [Test]
    public void Null_Written_IsRefusedInBothFormats()
    {
        Assert.That(
            () => _serializer.Write<Order>(PayloadFormat.Json, new ArrayBufferWriter<byte>(), null!),
            Throws.TypeOf<JsonPayloadException>());
        Assert.That(
            () => _serializer.Write<List<OrderLine>>(PayloadFormat.MessagePack, new ArrayBufferWriter<byte>(), null!),
            Throws.TypeOf<MessagePackException>());
    }

    [Test]
    public void MessagePackOptions_Given_HoldForReading()
    {
        var strict = new PayloadSerializer(new PayloadSerializerOptions
        {
            Contexts = [new SampleContext()],
            MessagePack = new MessagePackReaderOptions { MaximumDepth = 1 },
        });

        MessagePackException exception = Thrown<MessagePackException>(
            () => strict.Read<List<OrderLine>>(PayloadFormat.MessagePack, [0x91, 0x80]));

        Assert.That(exception.Problem, Is.EqualTo(MessagePackProblem.TooDeep));
    }

    [Test]
    public void Format_Undefined_IsMisuse() => Assert.That(
        () => _serializer.Read<Order>((PayloadFormat)9, []),
        Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Options_ChangedAfterwards_HaveNoEffect()
    {
        var json = new JsonSerializerOptions { TypeInfoResolver = SampleJsonContext.Default };
        var serializer = new PayloadSerializer(new PayloadSerializerOptions { Json = json });

        json.AllowTrailingCommas = true;

        Assert.That(
            () => serializer.Read<Order>(PayloadFormat.Json, "{\"Id\":\"00000001-0002-0003-0405-060708090a0b\",}"u8),
            Throws.TypeOf<JsonPayloadException>());
    }

    private static TException Thrown<TException>(Action action)
        where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new AssertionException($"No {typeof(TException).Name} was thrown.");
    }
}
