using System.Text;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Signing;

public sealed class ManifestVerifierTests
{
    private static readonly byte[] _bundle =
        ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, TestKey.Acme.Key);

    [Test]
    public void Verify_SignedPlugin_GivesManifestAndSigner()
    {
        var verified = Verification.Run(_bundle);

        Assert.That(verified.Manifest.Id, Is.EqualTo(TestPlugin.Manifest.Id));
        Assert.That(verified.Signers.Single().Id, Is.EqualTo(TestKey.Acme.Id));
        Assert.That(verified.Publisher.Name, Is.EqualTo("acme"));
        Assert.That(verified.ExpiresAt, Is.EqualTo(TestPlugin.IssuedAt.AddDays(400)));
        Assert.That(verified.StatementDigest, Is.EqualTo(Sha256Digest.Compute(verified.Statement.Span)));
    }

    [Test]
    public void Verify_FromManyThreads_GivesTheSame()
    {
        var clock = new FixedClock(TestPlugin.IssuedAt);
        var verifier = new ManifestVerifier(TestPolicy.Default, clock);

        var digests = ParallelEnumerable.Range(0, 200)
            .Select(_ => verifier.Verify(TestPlugin.Module, _bundle).StatementDigest);

        Assert.That(digests.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void Verify_Unsigned_IsRefused() => Refuses([], ManifestErrorCode.Unsigned);

    [Test]
    public void Verify_SignaturesStripped_IsUnsigned() =>
        Refuses(TestEnvelope.Envelope(TestEnvelope.Statement()), ManifestErrorCode.Unsigned);

    [TestCase(true)]
    [TestCase(false)]
    public void Verify_KeyOfAStranger_IsUnknown(bool withHint) =>
        Refuses(
            TestEnvelope.Bundle(TestEnvelope.Statement(), TestKey.Stranger, withHint), ManifestErrorCode.UnknownKey);

    [Test]
    public void Verify_KeyOfAnotherPublisher_IsWrongPublisher() =>
        Refuses(TestEnvelope.Bundle(TestEnvelope.Statement(), TestKey.Other), ManifestErrorCode.WrongPublisher);

    [TestCase("acme-evil/slugify")]
    [TestCase("acm/slugify")]
    [TestCase("nobody/slugify")]
    public void Verify_PublisherThatOnlyLooksTrusted_IsWrongPublisher(string id)
    {
        var predicate = Edit.Replace(TestPlugin.Json, "acme/slugify", id);

        Refuses(TestEnvelope.Bundle(TestEnvelope.Statement(predicate), TestKey.Acme), ManifestErrorCode.WrongPublisher);
    }

    [Test]
    public void Verify_ManifestChanged_IsBadSignature()
    {
        var statement = TestEnvelope.Statement();
        var changed = Edit.Replace(statement, "\"sequence\":12", "\"sequence\":13");
        var file = TestEnvelope.Bundle(
            Encoding.UTF8.GetBytes(changed), TestEnvelope.Sign(statement, TestKey.Acme), TestKey.Acme.Id.ToBase64());

        Refuses(file, ManifestErrorCode.BadSignature);
    }

    // The payload is not even looked at: a parser must never see what nobody vouches for.
    [Test]
    public void Verify_MalformedManifestWithBadSignature_IsBadSignature()
    {
        var signature = TestEnvelope.Sign("{ ", TestKey.Acme);
        var file = TestEnvelope.Bundle("{"u8.ToArray(), signature, TestKey.Acme.Id.ToBase64());

        Refuses(file, ManifestErrorCode.BadSignature);
    }

    [Test]
    public void Verify_HintNamesAnotherTrustedKey_StillFindsTheRightOne()
    {
        var statement = TestEnvelope.Statement();
        var file = TestEnvelope.Bundle(
            Encoding.UTF8.GetBytes(statement), TestEnvelope.Sign(statement, TestKey.Acme), TestKey.Other.Id.ToBase64());

        Assert.That(Verification.Run(file).Signers.Single().Name, Is.EqualTo("acme-1"));
    }

    [Test]
    public void Verify_HintClaimsATrustedKey_ProvesNothing()
    {
        var statement = TestEnvelope.Statement();
        var signature = TestEnvelope.Sign(statement, TestKey.Stranger);
        var file = TestEnvelope.Bundle(Encoding.UTF8.GetBytes(statement), signature, TestKey.Acme.Id.ToBase64());

        Refuses(file, ManifestErrorCode.BadSignature);
    }

    [Test]
    public void Verify_ModuleChanged_IsModuleMismatch()
    {
        byte[] module = [.. TestPlugin.Module, 0];

        Refuses(_bundle, ManifestErrorCode.ModuleMismatch, module: module);
    }

    [Test]
    public void Verify_ModuleOfSameSizeChanged_IsModuleMismatch()
    {
        byte[] module = [.. TestPlugin.Module];
        module[^1] ^= 1;

        Refuses(_bundle, ManifestErrorCode.ModuleMismatch, module: module);
    }

    [Test]
    public void Verify_ModuleIsSubjectButNotPredicate_IsModuleMismatch()
    {
        byte[] module = [.. TestPlugin.Module, 0];
        var statement = TestEnvelope.Statement(subjects: TestEnvelope.Subject(Sha256Digest.Compute(module)));

        Refuses(TestEnvelope.Bundle(statement, TestKey.Acme), ManifestErrorCode.ModuleMismatch, module: module);
    }

    [Test]
    public void Verify_ModuleIsPredicateButNotSubject_IsModuleMismatch()
    {
        var statement = TestEnvelope.Statement(subjects: TestEnvelope.Subject(Sha256Digest.Compute([1])));

        Refuses(TestEnvelope.Bundle(statement, TestKey.Acme), ManifestErrorCode.ModuleMismatch);
    }

    [Test]
    public void Verify_SizeIsAnother_IsModuleMismatch()
    {
        var statement = TestEnvelope.Statement(Edit.Replace(TestPlugin.Json, "\"size\":8", "\"size\":9"));

        Refuses(TestEnvelope.Bundle(statement, TestKey.Acme), ManifestErrorCode.ModuleMismatch);
    }

    [TestCase("in-toto.io/Statement/v1", "in-toto.io/Statement/v2", ManifestErrorCode.MalformedManifest)]
    [TestCase("urn:plugins:manifest:v1", "urn:plugins:keys:v1", ManifestErrorCode.UnsupportedPredicate)]
    [TestCase("'schemaVersion':1", "'schemaVersion':2", ManifestErrorCode.UnsupportedSchema)]
    [TestCase("'sequence':12", "'sequence':12,'critical':['x']", ManifestErrorCode.UnknownCritical)]
    [TestCase("'sequence':12", "'sequence':12,'sequence':12", ManifestErrorCode.MalformedManifest)]
    [TestCase("'sequence':12", "'sequence':12.0", ManifestErrorCode.MalformedManifest)]
    [TestCase("'subject':[", "'subject':[],'x':[", ManifestErrorCode.MalformedManifest)]
    [TestCase("'predicate':", "'x':", ManifestErrorCode.MalformedManifest)]
    public void Verify_SignedButWrongStatement_HasItsOwnCode(string old, string replacement, ManifestErrorCode code) =>
        Refuses(TestEnvelope.Bundle(Edit.ReplaceJson(TestEnvelope.Statement(), old, replacement), TestKey.Acme), code);

    [Test]
    public void Verify_OldStatementTypeOfCosign_IsAccepted()
    {
        var statement = Edit.Replace(TestEnvelope.Statement(), "Statement/v1", "Statement/v0.1");

        Assert.That(Verification.Run(TestEnvelope.Bundle(statement, TestKey.Acme)).Manifest.Sequence, Is.EqualTo(12));
    }

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void Verify_ManySubjects_AreBounded(int count, bool expected)
    {
        var subjects = Enumerable.Repeat(TestEnvelope.Subject(TestPlugin.Manifest.Module.Sha256), count);
        var file = TestEnvelope.Bundle(TestEnvelope.Statement(subjects: string.Join(',', subjects)), TestKey.Acme);

        Assert.That(() => Verification.Run(file), expected ? Throws.Nothing : Throws.TypeOf<ManifestFormatException>());
    }

    [TestCase("shop.example", true)]
    [TestCase("other.example", false)]
    [TestCase("SHOP.example", false)]
    [TestCase(null, false)]
    public void Verify_Audience_MustNameTheApplication(string? audience, bool expected)
    {
        var manifest = TestPlugin.Manifest with { Audience = ["store.example", "shop.example"] };
        var file = ManifestSigner.Sign(manifest, TestPlugin.Module, TestKey.Acme.Key);
        string[] names = audience is null ? [] : [audience];

        Assert.That(
            () => Verification.Run(file, audience: names),
            expected ? Throws.Nothing : Throws.TypeOf<WrongAudienceException>());
    }

    [Test]
    public void Verify_TwinSignature_HasTheSameIdentity()
    {
        var statement = TestEnvelope.Statement();
        var signature = TestEnvelope.Sign(statement, TestKey.Acme);
        var twin = EcdsaTwin.Of(signature);

        var first = Verification.Run(TestEnvelope.Envelope(statement, TestEnvelope.Entry(signature)));
        var second = Verification.Run(TestEnvelope.Envelope(statement, TestEnvelope.Entry(twin)));

        Assert.That(twin, Is.Not.EqualTo(signature));
        Assert.That(second.StatementDigest, Is.EqualTo(first.StatementDigest));
    }

    [Test]
    public void Verify_RawSignatureInsteadOfDer_IsRefused()
    {
        var raw = TestKey.Acme.Key.SignData("x"u8, System.Security.Cryptography.HashAlgorithmName.SHA256);

        Refuses(
            TestEnvelope.Bundle("x"u8.ToArray(), raw, TestKey.Acme.Id.ToBase64()), ManifestErrorCode.BadSignature);
    }

    private static void Refuses(byte[] file, ManifestErrorCode code, byte[]? module = null) =>
        Assert.That(
            () => Verification.Run(file, module),
            Throws.InstanceOf<ManifestException>().With.Property("Code").EqualTo(code));
}
