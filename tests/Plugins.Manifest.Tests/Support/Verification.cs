using Plugins.Manifest.Signing;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Support;

/// <summary>Verifies with what a test does not care about filled in.</summary>
internal static class Verification
{
    public static VerifiedManifest Run(
        byte[] file,
        byte[]? module = null,
        TrustPolicy? policy = null,
        DateTimeOffset? now = null,
        params string[] audience)
    {
        var clock = new FixedClock(now ?? TestPlugin.IssuedAt.AddDays(1));
        var options = new ManifestVerificationOptions { Audience = audience };
        return new ManifestVerifier(policy ?? TestPolicy.Default, clock, options)
            .Verify(module ?? TestPlugin.Module, file);
    }
}
