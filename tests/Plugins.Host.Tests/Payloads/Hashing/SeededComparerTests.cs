using Plugins.Host.Payloads.Hashing;

namespace Plugins.Host.Tests.Payloads.Hashing;

/// <summary>Values that are equal have one hash code, however their bits differ.</summary>
internal sealed class SeededComparerTests
{
    [Test]
    public void Doubles_ThatAreEqual_HashAlike()
    {
        AssertAlike(-0.0, 0.0);
        AssertAlike(-double.NaN, double.NaN);
        AssertAlike(-0.0f, 0.0f);
    }

    [Test]
    public void Times_ThatAreEqual_HashAlike()
    {
        AssertAlike(new DateTime(5, DateTimeKind.Utc), new DateTime(5, DateTimeKind.Local));
        var moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        AssertAlike(moment.ToOffset(TimeSpan.FromHours(2)), moment);
    }

    [Test]
    public void Decimals_ThatAreEqual_HashAlike()
    {
        AssertAlike(1.50m, 1.5m);
        AssertAlike(-0.0m, 0m);
        IEqualityComparer<decimal> comparer = SeededComparer<decimal>.OrDefault!;
        Assert.That(
            comparer.GetHashCode(decimal.MaxValue), Is.Not.EqualTo(comparer.GetHashCode(decimal.MaxValue - 1)));
    }

    [Test]
    public void Types_WithHashCodesOfTheirOwn_AreNotCovered()
    {
        Assert.That(SeededComparer<string>.OrDefault, Is.Null);
        Assert.That(SeededComparer<(int, int)>.OrDefault, Is.Null);
    }

    private static void AssertAlike<T>(T one, T other)
    {
        IEqualityComparer<T> comparer = SeededComparer<T>.OrDefault!;
        Assert.That(comparer.Equals(one, other), Is.True);
        Assert.That(comparer.GetHashCode(one!), Is.EqualTo(comparer.GetHashCode(other!)));
    }
}
