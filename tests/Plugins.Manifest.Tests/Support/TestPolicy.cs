using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Support;

/// <summary>Trust policies in which acme has two keys and other has one.</summary>
internal static class TestPolicy
{
    public static TrustPolicy Default { get; } = With();

    public static TrustPolicy With(
        int threshold = 1, Func<TrustedKeyOptions, TrustedKeyOptions>? key = null, TimeSpan? maximumAge = null)
    {
        var first = TestKey.Acme.Options;
        return TrustPolicy.Create(new TrustPolicyOptions
        {
            Keys = [key?.Invoke(first) ?? first, TestKey.AcmeSecond.Options, TestKey.Other.Options],
            Publishers =
            [
                new TrustedPublisherOptions { Name = "acme", Keys = ["acme-1", "acme-2"], Threshold = threshold },
                new TrustedPublisherOptions { Name = "other", Keys = ["other-1"] },
            ],
            MaximumManifestAge = maximumAge ?? TimeSpan.FromDays(400),
        });
    }
}
