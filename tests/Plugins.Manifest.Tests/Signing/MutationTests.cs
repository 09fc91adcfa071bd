using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Signing;

public sealed class MutationTests
{
    private const int Rounds = 2500;

    private static readonly byte[] _bundle =
        ManifestSigner.Sign(TestPlugin.FullManifest, TestPlugin.Module, TestKey.Acme.Key);

    private static readonly byte[] _envelope = ManifestSigner.SignEnvelope(
        TestPlugin.FullManifest, TestPlugin.Module, TestKey.Acme.Key, TestKey.AcmeSecond.Key);

    [TestCase(1, false)]
    [TestCase(2, true)]
    public void Verify_RandomlyChangedFile_NeverGivesOtherContent(int seed, bool envelope)
    {
        var random = new Random(seed);
        var original = envelope ? _envelope : _bundle;
        var expected = Verification.Run(original, audience: "shop.example").StatementDigest;
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            refused += IsRefused(Mutate(original, random), expected) ? 1 : 0;
        }

        // Most files are longer in what is signed than in what is not.
        Assert.That(refused, Is.GreaterThan(Rounds / 2));
    }

    [Test]
    public void Verify_TruncatedAnywhere_IsRefused()
    {
        for (var length = 0; length < _bundle.Length; length++)
        {
            Assert.That(IsRefused(_bundle[..length], expected: null), $"{length} bytes");
        }
    }

    [Test]
    public void Verify_SignedRandomlyChangedStatement_OnlyThrowsItsOwn()
    {
        var random = new Random(3);
        var statement = System.Text.Encoding.UTF8.GetBytes(TestEnvelope.Statement(TestPlugin.FullJson));
        for (var round = 0; round < 1000; round++)
        {
            var text = System.Text.Encoding.UTF8.GetString(Mutate(statement, random));

            // Accepted or refused, but never anything else.
            Assert.That(() => IsRefused(TestEnvelope.Bundle(text, TestKey.Acme), expected: null), Throws.Nothing);
        }
    }

    // Anything but a ManifestException fails the test.
    private static bool IsRefused(byte[] file, Sha256Digest? expected)
    {
        try
        {
            var verified = Verification.Run(file, audience: "shop.example");
            Assert.That(expected is null || verified.StatementDigest.Equals(expected), "Changed content was accepted");
            return false;
        }
        catch (ManifestException)
        {
            return true;
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] changed = [.. original];
        for (var flips = random.Next(1, 4); flips > 0; flips--)
        {
            var index = random.Next(changed.Length);
            changed[index] = random.Next(3) switch
            {
                0 => (byte)(changed[index] ^ (1 << random.Next(8))),
                1 => (byte)"{}[]\":,0\\uAZ=-_"[random.Next(15)],
                _ => (byte)random.Next(256),
            };
        }

        return changed;
    }
}
