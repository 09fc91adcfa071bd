using Plugins.Manifest.Signing;
using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Signing;

public sealed class VerificationTimeTests
{
    private const int Skew = 5 * 60;
    private const int Day = 24 * 60 * 60;

    [TestCase(-Skew - 1, ManifestErrorCode.NotYetValid)]
    [TestCase(-Skew, null)]
    [TestCase((90 * Day) + Skew - 1, null)]
    [TestCase((90 * Day) + Skew, ManifestErrorCode.Expired)]
    public void Verify_AroundOwnDates_AllowsForClockSkew(int seconds, ManifestErrorCode? code)
    {
        var manifest = TestPlugin.Manifest with { ExpiresAt = TestPlugin.IssuedAt.AddDays(90) };

        Check(manifest, TestPolicy.Default, seconds, code);
    }

    [TestCase((400 * Day) + Skew - 1, null)]
    [TestCase((400 * Day) + Skew, ManifestErrorCode.Expired)]
    public void Verify_AroundThePolicysAge_AllowsForClockSkew(int seconds, ManifestErrorCode? code)
    {
        var manifest = TestPlugin.Manifest with { ExpiresAt = TestPlugin.IssuedAt.AddDays(1000) };

        Check(manifest, TestPolicy.Default, seconds, code);
    }

    [TestCase(false, 3)]
    [TestCase(true, 2)]
    public void Verify_Expired_SaysWhoEndedIt(bool byPolicy, int days)
    {
        var manifest = TestPlugin.Manifest with { ExpiresAt = TestPlugin.IssuedAt.AddDays(3) };
        var policy = TestPolicy.With(maximumAge: TimeSpan.FromDays(byPolicy ? 2 : 400));
        var file = ManifestSigner.Sign(manifest, TestPlugin.Module, TestKey.Acme.Key);

        Assert.That(
            () => Verification.Run(file, policy: policy, now: TestPlugin.IssuedAt.AddDays(10)),
            Throws.TypeOf<ManifestExpiredException>()
                .With.Property("ByPolicy").EqualTo(byPolicy)
                .And.Property("ExpiredAt").EqualTo(TestPlugin.IssuedAt.AddDays(days)));
    }

    [TestCase(TrustedKeyStatus.Retired, ManifestErrorCode.KeyRetired)]
    [TestCase(TrustedKeyStatus.Revoked, ManifestErrorCode.KeyRevoked)]
    public void Verify_KeyOutOfUse_HasItsOwnCode(TrustedKeyStatus status, ManifestErrorCode code) =>
        Check(TestPlugin.Manifest, TestPolicy.With(key: key => key with { Status = status }), Day, code);

    [TestCase((1 * Day) - Skew - 1, ManifestErrorCode.KeyNotYetValid)]
    [TestCase((1 * Day) - Skew, null)]
    [TestCase((2 * Day) + Skew - 1, null)]
    [TestCase((2 * Day) + Skew, ManifestErrorCode.KeyExpired)]
    public void Verify_AroundTheKeysDates_AllowsForClockSkew(int seconds, ManifestErrorCode? code)
    {
        var policy = TestPolicy.With(key: key => key with
        {
            ValidFrom = TestPlugin.IssuedAt.AddDays(1),
            ValidUntil = TestPlugin.IssuedAt.AddDays(2),
        });

        Check(TestPlugin.Manifest, policy, seconds, code);
    }

    [Test]
    public void Verify_KeyWithDatesAtTheEndsOfTime_DoesNotOverflow()
    {
        var policy = TestPolicy.With(key: key => key with
        {
            ValidFrom = DateTimeOffset.MinValue,
            ValidUntil = DateTimeOffset.MaxValue,
        });

        Check(TestPlugin.Manifest, policy, Day, code: null);
    }

    private static void Check(PluginManifest manifest, TrustPolicy policy, int seconds, ManifestErrorCode? code)
    {
        var file = ManifestSigner.Sign(manifest, TestPlugin.Module, TestKey.Acme.Key);
        var now = TestPlugin.IssuedAt.AddSeconds(seconds);

        Assert.That(
            () => Verification.Run(file, policy: policy, now: now),
            code is null ? Throws.Nothing : Throws.InstanceOf<ManifestException>().With.Property("Code").EqualTo(code));
    }
}
