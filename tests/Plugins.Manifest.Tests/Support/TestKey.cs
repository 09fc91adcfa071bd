using System.Security.Cryptography;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Support;

/// <summary>A throw-away P-256 key.</summary>
internal sealed class TestKey
{
    public static TestKey Acme { get; } = new("acme-1");

    public static TestKey AcmeSecond { get; } = new("acme-2");

    public static TestKey Other { get; } = new("other-1");

    public static TestKey Stranger { get; } = new("stranger");

    public TestKey(string name)
    {
        Name = name;
        Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Pem = Key.ExportSubjectPublicKeyInfoPem();
        Id = new KeyId(Sha256Digest.Compute(Key.ExportSubjectPublicKeyInfo()));
    }

    public string Name { get; }

    public ECDsa Key { get; }

    public string Pem { get; }

    public KeyId Id { get; }

    public TrustedKeyOptions Options => new() { Name = Name, Pem = Pem };
}
