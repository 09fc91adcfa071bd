using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

public sealed class ThresholdTests
{
    private static readonly TrustPolicy _twoOfTwo = TestPolicy.With(threshold: 2);

    [Test]
    public void Verify_TwoKeysSigned_MeetsATwoOfTwo()
    {
        var file = Envelope(TestKey.Acme, TestKey.AcmeSecond);

        Assert.That(Verification.Run(file, policy: _twoOfTwo).Signers, Has.Count.EqualTo(2));
    }

    [Test]
    public void Verify_OneKeySignedTwice_CountsOnce()
    {
        var statement = TestEnvelope.Statement();
        string Entry() => TestEnvelope.Entry(TestEnvelope.Sign(statement, TestKey.Acme));

        Assert.That(
            () => Verification.Run(TestEnvelope.Envelope(statement, Entry(), Entry(), Entry()), policy: _twoOfTwo),
            Throws.TypeOf<ThresholdNotMetException>().With.Property("Signers").Count.EqualTo(1));
    }

    [Test]
    public void Verify_OneKeySignedTwiceAndIsNamed_CountsOnce() =>
        Assert.That(
            () => Verification.Run(Envelope(TestKey.Acme, TestKey.Acme), policy: _twoOfTwo),
            Throws.TypeOf<ThresholdNotMetException>());

    // Nobody must take the id that an envelope claims for the key.
    [Test]
    public void Verify_OneKeyUnderTwoKeyIds_CountsOnce()
    {
        var statement = TestEnvelope.Statement();
        var signature = TestEnvelope.Sign(statement, TestKey.Acme);
        var file = TestEnvelope.Envelope(
            statement,
            TestEnvelope.Entry(signature, TestKey.Acme.Id.ToString()),
            TestEnvelope.Entry(signature, TestKey.AcmeSecond.Id.ToString()));

        Assert.That(() => Verification.Run(file, policy: _twoOfTwo), Throws.TypeOf<ThresholdNotMetException>());
    }

    [Test]
    public void Verify_SecondKeyIsAnotherPublishers_DoesNotCount() =>
        Assert.That(
            () => Verification.Run(Envelope(TestKey.Acme, TestKey.Other), policy: _twoOfTwo),
            Throws.TypeOf<ThresholdNotMetException>());

    [Test]
    public void Verify_SecondKeyIsRevoked_SaysSo()
    {
        var policy = TestPolicy.With(threshold: 2, key => key with { Status = TrustedKeyStatus.Revoked });

        Assert.That(
            () => Verification.Run(Envelope(TestKey.Acme, TestKey.AcmeSecond), policy: policy),
            Throws.TypeOf<KeyRefusedException>().With.Property("Code").EqualTo(ManifestErrorCode.KeyRevoked));
    }

    [Test]
    public void Verify_RevokedKeyBesideEnoughOthers_DoesNoHarmAndDoesNotCount()
    {
        var policy = TestPolicy.With(threshold: 1, key => key with { Status = TrustedKeyStatus.Revoked });

        var verified = Verification.Run(Envelope(TestKey.Acme, TestKey.AcmeSecond), policy: policy);

        Assert.That(verified.Signers.Select(signer => signer.Name), Is.EqualTo(["acme-2"]));
    }

    [Test]
    public void Verify_StrangersSignatureBesideAGoodOne_DoesNoHarm() =>
        Assert.That(Verification.Run(Envelope(TestKey.Stranger, TestKey.Acme)).Signers, Has.Count.EqualTo(1));

    [Test]
    public void Verify_AnyPublisherEntry_IsTheLastResort()
    {
        var policy = TrustPolicy.Create(new TrustPolicyOptions
        {
            Keys = [TestKey.Acme.Options, TestKey.Other.Options],
            Publishers =
            [
                new TrustedPublisherOptions { Name = "acme", Keys = ["acme-1"] },
                new TrustedPublisherOptions { Name = "*", Keys = ["other-1"] },
            ],
        });
        var statement = TestEnvelope.Statement(Edit.Replace(TestPlugin.Json, "acme/", "new/"));
        var file = TestEnvelope.Bundle(statement, TestKey.Other);

        Assert.That(Verification.Run(file, policy: policy).Publisher.Name, Is.EqualTo("*"));
        Assert.That(
            () => Verification.Run(TestEnvelope.Bundle(TestEnvelope.Statement(), TestKey.Other), policy: policy),
            Throws.TypeOf<WrongPublisherException>());
    }

    private static byte[] Envelope(params TestKey[] keys) =>
        ManifestSigner.SignEnvelope(TestPlugin.Manifest, TestPlugin.Module, [.. keys.Select(key => key.Key)]);
}
