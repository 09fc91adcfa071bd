using Plugins.Payloads.Converters.Collections;
using Plugins.Payloads.MessagePack;
using Plugins.Payloads.Tests.Samples;
using Plugins.Payloads.Tests.Support;

namespace Plugins.Payloads.Tests.MessagePack;

/// <summary>What is written here and goes through JavaScript comes back as it was.</summary>
public sealed class NodeRoundTripTests
{
    [Test]
    public void Orders_ThroughNode_ComeBackAsTheyWere()
    {
        var converter = new OrderConverter();
        Order[] orders = [.. Enumerable.Range(1, 50).Select(seed => SampleOrders.Create(seed, 1 + (seed % 3)))];

        string[] echoes = NodeEcho.Run([.. orders.Select(order => Document.Write(order, converter))]);

        Assert.That(echoes, Has.Length.EqualTo(orders.Length));
        for (int i = 0; i < orders.Length; i++)
        {
            Order echo = Document.Read(echoes[i], converter);
            Assert.That(echo, Is.EqualTo(orders[i]).UsingPropertiesComparer());
        }
    }

    [Test]
    public void Numbers_ThroughNode_ComeBackAsTheyWere()
    {
        double[] numbers =
        [
            0, -0.0, 1, -1, 0.1, 0.5, 1e300, double.Epsilon, int.MaxValue, long.MinValue, double.NaN,
            double.PositiveInfinity, 9_007_199_254_740_991,
        ];
        var converter = new ArrayConverter<double>(Payloads.Converters.Numbers.DoubleConverter.Instance);

        string echo = NodeEcho.Run([Document.Write(numbers, converter)]).Single();

        Assert.That(Document.Read(echo, converter), Is.EqualTo(numbers));
    }

    [Test]
    public void Integers_ThroughNode_ComeBackAsTheyWere()
    {
        long[] numbers = [0, 127, 128, -32, -33, 65_536, int.MinValue, long.MaxValue, long.MinValue, 1L << 40];
        var converter = new ArrayConverter<long>(Payloads.Converters.Numbers.Int64Converter.Instance);

        string echo = NodeEcho.Run([Document.Write(numbers, converter)]).Single();

        Assert.That(Document.Read(echo, converter), Is.EqualTo(numbers));
    }

    [Test]
    public void Extensions_ThroughNode_ComeBackAsTheyWere()
    {
        string hex = Document.Write((ref MessagePackWriter writer) => writer.WriteExtension(42, [1, 2, 3]));

        Assert.That(NodeEcho.Run([hex]).Single(), Is.EqualTo(hex));
    }
}
