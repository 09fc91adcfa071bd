using Plugins.Host.MessagePack.Tests.Samples;
using Plugins.Host.MessagePack.Tests.Support;

namespace Plugins.Host.MessagePack.Tests.Interoperability;

/// <summary>What is written here and goes through JavaScript comes back as it was.</summary>
internal sealed class NodeRoundTripTests
{
    [Test]
    public void Orders_ThroughNode_ComeBackAsTheyWere()
    {
        Order[] orders = [.. Enumerable.Range(1, 50).Select(seed => Order.Create(seed, 1 + (seed % 3)))];
        string[] echoes = NodeEcho.Run([.. orders.Select(order => Hex.Write(order))]);
        Assert.That(echoes, Has.Length.EqualTo(orders.Length));
        for (int i = 0; i < orders.Length; i++)
        {
            Assert.That(Hex.Read<Order>(echoes[i]), Is.EqualTo(orders[i]).UsingPropertiesComparer());
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
        Assert.That(Hex.Read<double[]>(NodeEcho.Run([Hex.Write(numbers)]).Single()), Is.EqualTo(numbers));
    }

    [Test]
    public void Integers_ThroughNode_ComeBackAsTheyWere()
    {
        long[] numbers = [0, 127, 128, -32, -33, 65_536, int.MinValue, long.MaxValue, long.MinValue, 1L << 40];
        Assert.That(Hex.Read<long[]>(NodeEcho.Run([Hex.Write(numbers)]).Single()), Is.EqualTo(numbers));
    }

    [Test]
    public void AnnotatedTypes_ThroughNode_ComeBackAsTheyWere()
    {
        var value = new Annotated { Number = 3, Shape = new Circle { Radius = 1.5 }, Ignored = 4 };
        Annotated echo = Hex.Read<Annotated>(NodeEcho.Run([Hex.Write(value)]).Single());
        Assert.That((echo.Number, ((Circle)echo.Shape!).Radius, echo.Ignored), Is.EqualTo((3, 1.5, 0)));
    }
}
