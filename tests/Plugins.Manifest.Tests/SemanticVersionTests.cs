namespace Plugins.Manifest.Tests;

public sealed class SemanticVersionTests
{
    // Clause 11.4 of Semantic Versioning 2.0.0 gives most of this order.
    private static readonly string[] _ascending =
    [
        "0.0.0", "0.9.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-99999999999999999999999", "1.0.0-alpha",
        "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
        "1.0.1", "1.2.0", "1.10.0", "2.0.0", "9007199254740991.0.0",
    ];

    [Test]
    public void CompareTo_AllPairs_FollowsPrecedence()
    {
        for (var i = 0; i < _ascending.Length; i++)
        {
            for (var j = 0; j < _ascending.Length; j++)
            {
                var order = SemanticVersion.Parse(_ascending[i]).CompareTo(SemanticVersion.Parse(_ascending[j]));
                Assert.That(Math.Sign(order), Is.EqualTo(i.CompareTo(j)), $"{_ascending[i]} and {_ascending[j]}");
            }
        }
    }

    [Test]
    public void CompareTo_OnlyBuildDiffers_SamePrecedenceButNotEqual()
    {
        var left = SemanticVersion.Parse("1.0.0+a");
        var right = SemanticVersion.Parse("1.0.0+b");

        Assert.That(left.CompareTo(right), Is.Zero);
        Assert.That(left, Is.Not.EqualTo(right));
        Assert.That(left <= right && left >= right && !(left < right) && !(left > right));
    }

    [TestCase("1.4.0-rc.1+5114f85.01", "rc.1", "5114f85.01")]
    [TestCase("1.4.0+a-b", "", "a-b")]
    [TestCase("1.4.0--.-1", "-.-1", "")]
    [TestCase("1.4.0-0a", "0a", "")]
    public void Parse_ValidText_RoundTrips(string text, string preRelease, string build)
    {
        var version = SemanticVersion.Parse(text);

        Assert.That((version.Major, version.Minor, version.Patch), Is.EqualTo((1, 4, 0)));
        Assert.That((version.PreRelease, version.Build), Is.EqualTo((preRelease, build)));
        Assert.That(version.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("1")]
    [TestCase("1.2")]
    [TestCase("1.2.3.4")]
    [TestCase("v1.2.3")]
    [TestCase("01.2.3")]
    [TestCase("1.2.03")]
    [TestCase("1.2.-3")]
    [TestCase("1.2.+3")]
    [TestCase(" 1.2.3")]
    [TestCase("1.2.3-")]
    [TestCase("1.2.3+")]
    [TestCase("1.2.3-a..b")]
    [TestCase("1.2.3-01")]
    [TestCase("1.2.3-a_b")]
    [TestCase("1.2.3+a+b")]
    [TestCase("1.2.٣")]
    [TestCase("9007199254740992.0.0")]
    public void Parse_OtherForm_Throws(string text) =>
        Assert.That(() => SemanticVersion.Parse(text), Throws.TypeOf<FormatException>());

    [TestCase(128, true)]
    [TestCase(129, false)]
    public void TryParse_LongText_IsBounded(int length, bool expected) =>
        Assert.That(SemanticVersion.TryParse("1.0.0-".PadRight(length, 'a'), out _), Is.EqualTo(expected));
}
