namespace Plugins.Manifest.Tests;

public sealed class Sha256DigestTests
{
    // FIPS 180-4's example for "abc".
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Test]
    public void Compute_KnownText_GivesKnownDigest()
    {
        var digest = Sha256Digest.Compute("abc"u8);

        Assert.That(digest.ToString(), Is.EqualTo(Abc));
        Assert.That(digest, Is.EqualTo(Sha256Digest.Parse(Abc)));
        Assert.That(digest.GetHashCode(), Is.EqualTo(Sha256Digest.Parse(Abc).GetHashCode()));
    }

    [TestCase("")]
    [TestCase("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [TestCase("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ag")]
    public void Parse_OtherForm_Throws(string text) =>
        Assert.That(() => Sha256Digest.Parse(text), Throws.TypeOf<FormatException>());
}
