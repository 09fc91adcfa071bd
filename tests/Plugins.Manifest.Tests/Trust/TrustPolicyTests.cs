using Plugins.Manifest.Tests.Support;
using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Tests.Trust;

public sealed class TrustPolicyTests
{
    private static readonly TrustedKeyOptions _key = TestKey.Acme.Options;
    private static readonly TrustedPublisherOptions _publisher = new() { Name = "acme", Keys = ["acme-1"] };

    [Test]
    public void ForPublisher_TwoKeys_EitherIsEnough()
    {
        var policy = TrustPolicy.ForPublisher("acme", TestKey.Acme.Pem, TestKey.AcmeSecond.Pem);

        Assert.That(policy.Keys.Select(key => key.Id), Is.EqualTo([TestKey.Acme.Id, TestKey.AcmeSecond.Id]));
        Assert.That(policy.Find("acme")!.Threshold, Is.EqualTo(1));
        Assert.That(policy.MaximumManifestAge, Is.EqualTo(TimeSpan.FromDays(400)));
        Assert.That(policy.Find("acme-evil"), Is.Null);
    }

    [Test]
    public void Create_ManyFaults_ListsEachWithItsEntry()
    {
        var options = new TrustPolicyOptions
        {
            Keys = [_key, _key with { Name = "twin" }, TestKey.Other.Options with { Name = "acme-1" }],
            Publishers =
            [
                _publisher with { Keys = ["acme-1", "nowhere"], Threshold = 3 },
                _publisher,
                _publisher with { Name = "acme/x" },
            ],
            MaximumManifestAge = TimeSpan.Zero,
        };

        Assert.That(Faults(options).Select(fault => fault.Entry), Is.EqualTo(new[]
        {
            "maximumManifestAge", "keys[twin]", "keys[acme-1]", "publishers[acme]", "publishers[acme]",
            "publishers[acme]", "publishers[acme/x]",
        }));
    }

    [Test]
    public void Create_BadKeys_AreFaults()
    {
        TrustedKeyOptions[] bad =
        [
            _key with { Name = "" },
            _key with { Pem = "no key" },
            _key with { Status = (TrustedKeyStatus)9 },
            _key with { ValidFrom = TestPlugin.IssuedAt, ValidUntil = TestPlugin.IssuedAt },
            _key with { KeyId = TestKey.Other.Id },
        ];

        foreach (var key in bad)
        {
            Assert.That(Faults(new TrustPolicyOptions { Keys = [key] }), Has.Count.EqualTo(1), key.ToString());
        }
    }

    [TestCase(0)]
    [TestCase(2)]
    public void Create_ThresholdThatCannotBeMet_IsAFault(int threshold) =>
        Assert.That(
            Faults(new TrustPolicyOptions { Keys = [_key], Publishers = [_publisher with { Threshold = threshold }] }),
            Has.Count.EqualTo(1));

    // A name twice in the list must not make one key count for two.
    [Test]
    public void Create_SameKeyTwiceInThreshold_IsAFault() =>
        Assert.That(
            Faults(new TrustPolicyOptions
            {
                Keys = [_key],
                Publishers = [_publisher with { Keys = ["acme-1", "acme-1"], Threshold = 2 }],
            }),
            Has.Count.EqualTo(1));

    [Test]
    public void Create_TooManyEntries_IsAFault()
    {
        var publishers = Enumerable.Range(0, 1025).Select(index => _publisher with { Name = $"p{index}" });

        Assert.That(
            Faults(new TrustPolicyOptions { Keys = [_key], Publishers = [.. publishers] }).Single().Entry,
            Is.EqualTo("publishers"));
    }

    private static IReadOnlyList<TrustPolicyFault> Faults(TrustPolicyOptions options)
    {
        try
        {
            TrustPolicy.Create(options);
        }
        catch (TrustPolicyException error)
        {
            Assert.That(error.Code, Is.EqualTo(ManifestErrorCode.InvalidTrustPolicy));
            return error.Faults;
        }

        throw new AssertionException("The policy was accepted.");
    }
}
