using System.Security.Cryptography;
using Plugins.Manifest;
using Plugins.Manifest.Signing;
using Plugins.Manifest.Trust;

namespace Plugins.Host.Tests.Support;

/// <summary>A key made for this run, and a policy that trusts it for <c>acme</c>.</summary>
internal static class Signing
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    internal static string PublicKeyPem { get; } = Key.ExportSubjectPublicKeyInfoPem();

    internal static TrustPolicy Policy { get; } = TrustPolicy.ForPublisher("acme", PublicKeyPem);

    internal static byte[] Sign(PluginManifest manifest, byte[] module) => ManifestSigner.Sign(manifest, module, Key);
}
