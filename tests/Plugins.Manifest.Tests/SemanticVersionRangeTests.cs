namespace Plugins.Manifest.Tests;

internal sealed class SemanticVersionRangeTests
{
    [TestCase("[1.2.0,2.0.0)", "1.2.0 1.2.0+build 1.9.9", "1.1.9 2.0.0 2.0.0-rc.1 1.5.0-beta 1.2.0-rc.1")]
    [TestCase("[1.2,2)", "1.2.0 1.99.0", "1.1.0 2.0.0")]
    [TestCase("(1.2.0,2.0.0]", "1.2.1 2.0.0", "1.2.0 2.0.1")]
    [TestCase("(1.2.0,)", "1.2.1 99.0.0", "1.2.0")]
    [TestCase("(,2.0.0]", "0.0.0 2.0.0", "2.0.1 1.0.0-alpha")]
    [TestCase("[1.2.0]", "1.2.0 1.2.0+x", "1.2.1 1.1.0")]
    [TestCase("1.2.0", "1.2.0 9.0.0", "1.1.0")]
    [TestCase("1", "1.0.0", "0.9.9")]
    [TestCase("[1.2.0-rc.1, 2.0.0)", "1.2.0-rc.1 1.2.0 1.5.0-beta 2.0.0-rc.1", "1.2.0-alpha 2.0.0")]
    public void Contains_OfVersions_FollowsTheInterval(string text, string inside, string outside)
    {
        var range = SemanticVersionRange.Parse(text);

        bool Contains(string? version) => range.Contains(SemanticVersion.Parse(version!));
        Assert.That(inside.Split(' '), Has.All.Matches<string>(Contains));
        Assert.That(outside.Split(' '), Has.None.Matches<string>(Contains));
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("[")]
    [TestCase("[]")]
    [TestCase("(,)")]
    [TestCase("[,2.0.0]")]
    [TestCase("[1.0.0,]")]
    [TestCase("[1.0.0,2.0.0")]
    [TestCase("1.0.0,2.0.0")]
    [TestCase("[1.0.0,2.0.0,3.0.0]")]
    [TestCase("[2.0.0,1.0.0]")]
    [TestCase("(1.0.0,1.0.0)")]
    [TestCase("(1.0.0)")]
    [TestCase("[1.0.0)")]
    [TestCase("[1.0.0\n]")]
    [TestCase("[01.0.0]")]
    [TestCase("[1.0.0.0]")]
    [TestCase("[1-rc]")]
    [TestCase("^1.0.0")]
    [TestCase("*")]
    public void Parse_OfAnythingElse_IsRefused(string text)
    {
        Assert.That(SemanticVersionRange.TryParse(text, out _), Is.False);
        Assert.That(() => SemanticVersionRange.Parse(text), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Parse_OfALongText_IsRefusedAtOnce() =>
        Assert.That(SemanticVersionRange.TryParse("[" + new string(',', 1_000_000) + "]", out _), Is.False);

    [TestCase("[1.2,2)", "[1.2.0,2.0.0)")]
    [TestCase("1.2.0", "[1.2.0,)")]
    [TestCase("(, 2.0.0 ]", "(,2.0.0]")]
    [TestCase("[1.2.0]", "[1.2.0]")]
    public void ToString_OfARange_IsReadAgain(string text, string expected)
    {
        var range = SemanticVersionRange.Parse(text);

        Assert.That(range.ToString(), Is.EqualTo(expected));
        Assert.That(SemanticVersionRange.Parse(expected), Is.EqualTo(range));
    }
}
