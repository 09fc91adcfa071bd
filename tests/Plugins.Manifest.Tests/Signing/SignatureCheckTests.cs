using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

public sealed class SignatureCheckTests
{
    private static readonly TestKey[] _keys =
        [.. Enumerable.Range(0, 100).Select(index => new TestKey($"key-{index}"))];

    private static readonly TrustPolicy _policy = TrustPolicy.Create(new TrustPolicyOptions
    {
        Keys = [.. _keys.Select(key => key.Options)],
        Publishers = [new TrustedPublisherOptions { Name = "acme", Keys = [.. _keys.Select(key => key.Name)] }],
    });

    [Test]
    public void Run_SixteenSignaturesTimesAHundredKeys_StopsAfterThirtyTwo()
    {
        var entry = TestEnvelope.Entry(TestEnvelope.Sign("x", TestKey.Stranger));
        var file = TestEnvelope.Envelope(TestEnvelope.Statement(), [.. Enumerable.Repeat(entry, 16)]);

        Assert.That(
            () => Verification.Run(file, policy: _policy),
            Throws.TypeOf<VerificationLimitException>().With.Property("Limit").EqualTo(32));
    }

    [Test]
    public void Run_HintNamesTheKey_TakesOneVerification()
    {
        var file = TestEnvelope.Bundle(TestEnvelope.Statement(), _keys[^1]);

        Assert.That(SignatureCheck.Run(SignatureFile.Read(file), _policy).Verifications, Is.EqualTo(1));
    }

    [TestCase(31, true)]
    [TestCase(32, false)]
    public void Run_NoHint_TriesThirtyTwoKeys(int index, bool found)
    {
        var file = TestEnvelope.Bundle(TestEnvelope.Statement(), _keys[index], withHint: false);

        Assert.That(
            () => SignatureCheck.Run(SignatureFile.Read(file), _policy).Signers.Single().Name,
            found ? Is.EqualTo($"key-{index}") : Throws.TypeOf<VerificationLimitException>());
    }

    [Test]
    public void Run_LimitReachedBesideAGoodSignature_KeepsTheGoodOne()
    {
        var statement = TestEnvelope.Statement();
        var bad = TestEnvelope.Entry(TestEnvelope.Sign("x", TestKey.Stranger));
        var good = TestEnvelope.Entry(TestEnvelope.Sign(statement, _keys[99]), _keys[99].Id.ToString());
        var file = TestEnvelope.Envelope(statement, bad, bad, good);

        var check = SignatureCheck.Run(SignatureFile.Read(file), _policy);

        Assert.That((check.Verifications, check.IsExhausted, check.Signers.Count), Is.EqualTo((32, true, 1)));
        Assert.That(Verification.Run(file, policy: _policy).Signers, Has.Count.EqualTo(1));
    }
}
