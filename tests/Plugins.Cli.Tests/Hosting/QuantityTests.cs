using Plugins.Cli.Hosting;

namespace Plugins.Cli.Tests.Hosting;

internal sealed class QuantityTests
{
    [TestCase("10", 10)]
    [TestCase("1_000_000", 1_000_000)]
    [TestCase("10k", 10_000)]
    [TestCase("1.5M", 1_500_000)]
    [TestCase("10G", 10_000_000_000)]
    public void TryCount_OfANumber_ReadsIt(string text, long expected)
    {
        Assert.That(Quantity.TryCount(text, out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("-1")]
    [TestCase("ten")]
    [TestCase("10m")]
    [TestCase("1e9")]
    [TestCase("1.2.3")]
    [TestCase("99999999999999999999")]
    [TestCase("9999999999G")]
    public void TryCount_OfAnythingElse_RefusesIt(string text)
    {
        Assert.That(Quantity.TryCount(text, out _), Is.False);
    }

    [TestCase("64KiB", 65_536)]
    [TestCase("16 MiB", 16 << 20)]
    [TestCase("1kB", 1_000)]
    [TestCase("7", 7)]
    public void TrySize_OfASize_ReadsIt(string text, long expected)
    {
        Assert.That(Quantity.TrySize(text, out var bytes), Is.True);
        Assert.That(bytes, Is.EqualTo(expected));
    }

    [TestCase("500ms", 500)]
    [TestCase("2s", 2000)]
    [TestCase("1.5m", 90_000)]
    [TestCase("250us", 0.25)]
    public void TryTime_OfATime_ReadsIt(string text, double milliseconds)
    {
        Assert.That(Quantity.TryTime(text, out var time), Is.True);
        Assert.That(time.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [Test]
    public void TryTime_WithoutAUnit_RefusesIt()
    {
        Assert.That(Quantity.TryTime("500", out _), Is.False);
    }
}
