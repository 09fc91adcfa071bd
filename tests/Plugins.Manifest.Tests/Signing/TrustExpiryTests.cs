using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

public sealed class TrustExpiryTests
{
    // The policy's maximum age of manifests.
    private const int Age = 400;

    [TestCase(1, null, 90, 90, null, Description = "the manifest's own date")]
    [TestCase(1, null, null, Age, null, Description = "its age")]
    [TestCase(1, 10, 90, 90, null, Description = "the other key is enough")]
    [TestCase(2, 10, 90, 10, "acme-1", Description = "both keys are needed")]
    [TestCase(2, 91, 90, 90, null, Description = "the manifest ends first")]
    [TestCase(2, 90, 90, 90, null, Description = "both end at once")]
    public void Trust_OfTwoSigners_EndsByTheFirstDateThatEndsIt(
        int threshold, int? keyDays, int? manifestDays, int expectedDays, string? expectedKey)
    {
        var manifest = TestPlugin.Manifest with { ExpiresAt = After(manifestDays) };
        var policy = TestPolicy.With(threshold, key => key with { ValidUntil = After(keyDays) });
        var file = ManifestSigner.SignEnvelope(
            manifest, TestPlugin.Module, [TestKey.Acme.Key, TestKey.AcmeSecond.Key]);

        var expiry = Verification.Run(file, policy: policy).TrustExpiry!;

        Assert.That(expiry.At, Is.EqualTo(After(expectedDays)));
        Assert.That(expiry.Key?.Name, Is.EqualTo(expectedKey));
    }

    [Test]
    public void Trust_OfOneSigner_EndsWithItsKey()
    {
        var policy = TestPolicy.With(key: key => key with { ValidUntil = After(10) });
        var file = ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, TestKey.Acme.Key);

        Assert.That(
            Verification.Run(file, policy: policy).TrustExpiry!.ToString(), Does.EndWith(" (the key acme-1 does)"));
    }

    private static DateTimeOffset? After(int? days) => days is { } some ? TestPlugin.IssuedAt.AddDays(some) : null;
}
