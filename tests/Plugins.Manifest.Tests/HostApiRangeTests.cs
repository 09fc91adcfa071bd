namespace Plugins.Manifest.Tests;

public sealed class HostApiRangeTests
{
    [TestCase("0.9.0", false)]
    [TestCase("1.0.0-rc.1", false)]
    [TestCase("1.0.0", true)]
    [TestCase("2.0.0", true)]
    [TestCase("2.0.1", false)]
    public void Contains_BothEnds_AreIncluded(string version, bool expected)
    {
        var range = new HostApiRange(SemanticVersion.Parse("1.0.0"), SemanticVersion.Parse("2.0.0"));

        Assert.That(range.Contains(SemanticVersion.Parse(version)), Is.EqualTo(expected));
    }

    [Test]
    public void Contains_NoMaximum_HasNoUpperEnd() =>
        Assert.That(new HostApiRange(SemanticVersion.Parse("1.0.0")).Contains(SemanticVersion.Parse("99.0.0")));
}
