using Plugins.Cli.Benchmarking;

namespace Plugins.Cli.Tests.Benchmarking;

internal sealed class LatencyHistogramTests
{
    [Test]
    public void Percentile_OfNothing_IsZero()
    {
        Assert.That(new LatencyHistogram().Percentile(0.99), Is.Zero);
    }

    [TestCase(0.50, 500)]
    [TestCase(0.95, 950)]
    [TestCase(0.99, 990)]
    [TestCase(1.00, 1000)]
    public void Percentile_OfThousand_IsWithinASixtyFourth(double share, long expected)
    {
        var histogram = new LatencyHistogram();
        for (var value = 1; value <= 1000; value++)
        {
            histogram.Add(value);
        }

        Assert.That(histogram.Percentile(share), Is.InRange(expected, expected + (expected / 64) + 1));
    }

    [TestCase(0)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(1_000_003)]
    [TestCase(long.MaxValue)]
    public void Percentile_OfOneValue_IsThatValue(long value)
    {
        var histogram = new LatencyHistogram();
        histogram.Add(value);
        Assert.That(histogram.Percentile(0.5), Is.EqualTo(value));
    }

    [Test]
    public void Add_OfAnother_CountsBoth()
    {
        var one = new LatencyHistogram();
        var other = new LatencyHistogram();
        one.Add(10);
        other.Add(1000);
        one.Add(other);
        Assert.That((one.Count, one.Maximum, one.Percentile(0.5)), Is.EqualTo((2L, 1000L, 10L)));
    }

    [Test]
    public void Add_OfEveryPowerOfTwo_KeepsTheOrder()
    {
        var histogram = new LatencyHistogram();
        for (var bit = 0; bit < 63; bit++)
        {
            histogram.Add(1L << bit);
        }

        var percentiles = Enumerable.Range(1, 63).Select(rank => histogram.Percentile(rank / 63.0)).ToArray();
        Assert.That(percentiles, Is.Ordered);
        Assert.That(percentiles.Zip(Enumerable.Range(0, 63), (value, bit) => value / (double)(1L << bit)),
            Has.All.InRange(1.0, 1.04));
    }
}
