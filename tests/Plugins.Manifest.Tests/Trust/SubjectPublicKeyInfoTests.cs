using System.Security.Cryptography;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Trust;

public sealed class SubjectPublicKeyInfoTests
{
    [Test]
    public void TryReadPem_P256_GivesTheExactBytes()
    {
        Assert.That(SubjectPublicKeyInfo.TryReadPem(TestKey.Acme.Pem, out var der, out _));
        Assert.That(der, Is.EqualTo(TestKey.Acme.Key.ExportSubjectPublicKeyInfo()));
    }

    [Test]
    public void TryReadPem_OtherCurves_AreRefused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);

        Assert.That(Fault(p384.ExportSubjectPublicKeyInfoPem()), Does.Contain("P-256"));
        Assert.That(Fault(rsa.ExportSubjectPublicKeyInfoPem()), Does.Contain("P-256"));
    }

    [Test]
    public void TryReadPem_PrivateKey_IsRefused() =>
        Assert.That(Fault(TestKey.Acme.Key.ExportPkcs8PrivateKeyPem()), Does.Contain("PUBLIC KEY"));

    [Test]
    public void TryReadPem_TwoKeys_AreRefused() =>
        Assert.That(Fault(TestKey.Acme.Pem + "\n" + TestKey.Other.Pem), Does.Contain("more than one"));

    [Test]
    public void TryReadPem_PointOffTheCurve_IsRefused()
    {
        var der = TestKey.Acme.Key.ExportSubjectPublicKeyInfo();
        der[^1] ^= 1;

        Assert.That(Fault(Pem(der)), Does.Contain("P-256"));
    }

    // A second encoding of a key would be a second key id, and count twice.
    [Test]
    public void TryReadPem_CompressedPoint_IsRefused()
    {
        var der = TestKey.Acme.Key.ExportSubjectPublicKeyInfo();
        byte[] compressed = [.. der[..26], (byte)(2 + (der[^1] & 1)), .. der[27..59]];
        compressed[1] -= 32;
        compressed[24] -= 32;

        Assert.That(Fault(Pem(compressed)), Does.Contain("uncompressed"));
    }

    [Test]
    public void TryReadPem_BytesAfterTheKey_AreRefused() =>
        Assert.That(Fault(Pem([.. TestKey.Acme.Key.ExportSubjectPublicKeyInfo(), 0])), Does.Contain("P-256"));

    [TestCase("-----BEGIN PUBLIC KEY-----\nMFkw!\n-----END PUBLIC KEY-----\n{0}")]
    [TestCase("{0}\n-----BEGIN PUBLIC KEY-----\nMFkw!\n-----END PUBLIC KEY-----")]
    [TestCase("{0}\n-----BEGIN PUBLIC KEY-----\nMFkw")]
    [TestCase("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n{0}")]
    [TestCase("# the old one was stolen\n{0}")]
    [TestCase("{0}\ngarbage")]
    [TestCase("\u00a0{0}")]
    [TestCase("{0}\0")]
    [TestCase("Subject: acme\n{0}")]
    public void TryReadPem_WithAnythingBeside_IsRefused(string text) =>
        Assert.That(Fault(string.Format(null, text, TestKey.Acme.Pem)), Does.Contain("PEM block"));

    [TestCase("-----BEGIN CERTIFICATE-----\nMFkw\n-----END CERTIFICATE-----\n{0}")]
    [TestCase("{0}\n-----BEGIN CERTIFICATE-----\nMFkw\n-----END CERTIFICATE-----")]
    [TestCase("{0}{0}")]
    public void TryReadPem_WithAnotherBlock_IsRefused(string text) =>
        Assert.That(Fault(string.Format(null, text, TestKey.Acme.Pem)), Does.Contain("PEM block"));

    [Test]
    public void TryReadPem_WithAHeaderInTheBlock_IsRefused() =>
        Assert.That(
            Fault(TestKey.Acme.Pem.Replace("KEY-----\nM", "KEY-----\nProc-Type: 4,ENCRYPTED\n\nM")),
            Does.Contain("not a PEM block"));

    [TestCase("\r\n \t{0}\r\n\r\n")]
    [TestCase("{0}")]
    public void TryReadPem_BetweenBlanks_IsRead(string text) =>
        Assert.That(SubjectPublicKeyInfo.TryReadPem(string.Format(null, text, TestKey.Acme.Pem), out _, out _));

    [TestCase("")]
    [TestCase("-----BEGIN PUBLIC KEY-----")]
    [TestCase("-----BEGIN PUBLIC KEY-----\n!\n-----END PUBLIC KEY-----")]
    public void TryReadPem_NoPem_IsRefused(string text) => Assert.That(Fault(text), Does.Contain("PEM"));

    private static string Pem(byte[] der) => PemEncoding.WriteString("PUBLIC KEY", der);

    private static string Fault(string pem)
    {
        Assert.That(SubjectPublicKeyInfo.TryReadPem(pem, out _, out var fault), Is.False);
        return fault!;
    }
}
