using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;

namespace Plugins.Manifest.Tests.Signing;

public sealed class ManifestSignerTests
{
    [Test]
    public void Sign_FullManifest_VerifiesWithEveryField()
    {
        var file = ManifestSigner.Sign(TestPlugin.FullManifest, TestPlugin.Module, TestKey.Acme.Key);

        var verified = Verification.Run(file, audience: "shop.example");

        Assert.That(Encoding.UTF8.GetString(verified.Manifest.ToJson()), Is.EqualTo(TestPlugin.FullJson));
    }

    [Test]
    public void Sign_Bundle_HasTheFormThatCosignReads()
    {
        var file = ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, TestKey.Acme.Key);
        using var json = JsonDocument.Parse(file);
        var material = json.RootElement.GetProperty("verificationMaterial");
        var signature = json.RootElement.GetProperty("dsseEnvelope").GetProperty("signatures")[0];

        Assert.That(
            json.RootElement.EnumerateObject().Select(member => member.Name),
            Is.EqualTo(["mediaType", "verificationMaterial", "dsseEnvelope"]));
        Assert.That(
            material.GetProperty("publicKey").GetProperty("hint").GetString(),
            Is.EqualTo(Convert.ToBase64String(SHA256.HashData(TestKey.Acme.Key.ExportSubjectPublicKeyInfo()))));
        Assert.That(signature.EnumerateObject().Single().Name, Is.EqualTo("sig"));
    }

    [Test]
    public void AddSignature_ToABundle_MakesAnEnvelopeOfTwo()
    {
        var first = ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, TestKey.Acme.Key);

        var both = ManifestSigner.AddSignature(first, TestKey.AcmeSecond.Key);

        Assert.That(Verification.Run(both, policy: TestPolicy.With(threshold: 2)).Signers, Has.Count.EqualTo(2));
    }

    [Test]
    public void AddSignature_SixteenAreThere_Throws()
    {
        ECDsa[] keys = [.. Enumerable.Repeat(TestKey.Acme.Key, 16)];
        var full = ManifestSigner.SignEnvelope(TestPlugin.Manifest, TestPlugin.Module, keys);

        Assert.That(() => ManifestSigner.AddSignature(full, TestKey.Acme.Key), Throws.ArgumentException);
    }

    [Test]
    public void Sign_OtherModule_Throws() =>
        Assert.That(
            () => ManifestSigner.Sign(TestPlugin.Manifest, "other"u8, TestKey.Acme.Key),
            Throws.TypeOf<ModuleMismatchException>());

    [Test]
    public void Sign_InvalidManifest_Throws() =>
        Assert.That(
            () => ManifestSigner.Sign(TestPlugin.Manifest with { Sequence = -1 }, TestPlugin.Module, TestKey.Acme.Key),
            Throws.TypeOf<ManifestFormatException>().With.Property("Path").EqualTo("$.predicate.sequence"));

    [Test]
    public void Sign_KeyOnAnotherCurve_Throws()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        Assert.That(() => ManifestSigner.Sign(TestPlugin.Manifest, TestPlugin.Module, key), Throws.ArgumentException);
    }

    [Test]
    public void SignEnvelope_NoKeys_Throws() =>
        Assert.That(
            () => ManifestSigner.SignEnvelope(TestPlugin.Manifest, TestPlugin.Module), Throws.ArgumentException);
}
