using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Plugins.Manifest.Trust;

/// <summary>The trusted publishers and their public keys.</summary>
/// <remarks>Immutable and safe for use by many threads; holds no native handle to dispose.</remarks>
public sealed partial class TrustPolicy
{
    /// <summary>The name of the entry for publishers without an entry of their own.</summary>
    public const string AnyPublisher = "*";

    private readonly FrozenDictionary<string, TrustedPublisher> _publishers;

    private readonly FrozenDictionary<string, TrustedKey> _keysByHint;

    private TrustPolicy(
        ImmutableArray<TrustedKey> keys, IEnumerable<TrustedPublisher> publishers, TimeSpan? maximumManifestAge)
    {
        Keys = keys;
        _publishers = publishers.ToFrozenDictionary(publisher => publisher.Name, StringComparer.Ordinal);
        MaximumManifestAge = maximumManifestAge;
        _keysByHint = keys.SelectMany(key => key.Hints.Select(hint => KeyValuePair.Create(hint, key)))
            .ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every key of the policy.</summary>
    public IReadOnlyList<TrustedKey> Keys { get; }

    /// <summary>Every publisher of the policy, in no order.</summary>
    public IReadOnlyList<TrustedPublisher> Publishers => _publishers.Values;

    /// <summary>The maximum age of a manifest, counted from its issue.</summary>
    /// <value><see langword="null"/> when only a manifest's own expiry counts.</value>
    public TimeSpan? MaximumManifestAge { get; }

    /// <summary>Checks a policy built in code.</summary>
    /// <param name="options">Keys and publishers.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="TrustPolicyException">Something is wrong; every fault is listed.</exception>
    public static TrustPolicy Create(TrustPolicyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Keys);
        ArgumentNullException.ThrowIfNull(options.Publishers);
        return new TrustPolicyValidator().Validate(options);
    }

    /// <summary>Trusts one publisher by its keys, any one of which is enough.</summary>
    /// <param name="publisher">The publisher's whole name.</param>
    /// <param name="pems">Public keys, each one PEM block.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="TrustPolicyException">Something is wrong; every fault is listed.</exception>
    public static TrustPolicy ForPublisher(string publisher, params IReadOnlyList<string> pems)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        ArgumentNullException.ThrowIfNull(pems);
        var keys = pems.Select((pem, index) => new TrustedKeyOptions { Name = $"{publisher}-{index + 1}", Pem = pem });
        TrustedKeyOptions[] list = [.. keys];
        var entry = new TrustedPublisherOptions { Name = publisher, Keys = [.. list.Select(key => key.Name)] };
        return Create(new TrustPolicyOptions { Keys = list, Publishers = [entry] });
    }

    /// <summary>Reads a policy file.</summary>
    /// <param name="utf8Json">The file, as described in docs/signing.md.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="TrustPolicyException">Something is wrong; every fault is listed.</exception>
    public static TrustPolicy FromJson(ReadOnlySpan<byte> utf8Json) => TrustPolicyReader.Read(utf8Json);

    /// <summary>Finds a key by what a bundle's hint or an envelope's <c>keyid</c> says, which proves nothing.</summary>
    internal TrustedKey? FindByHint(string? hint) => hint is null ? null : _keysByHint.GetValueOrDefault(hint);

    internal static TrustPolicy CreateTrusted(
        ImmutableArray<TrustedKey> keys, IEnumerable<TrustedPublisher> publishers, TimeSpan? maximumManifestAge) =>
        new(keys, publishers, maximumManifestAge);

    /// <summary>Finds the entry of a publisher: its own, else the one for <c>*</c>.</summary>
    /// <param name="publisher">The whole name.</param>
    /// <returns><see langword="null"/> when nobody may.</returns>
    public TrustedPublisher? Find(string publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        return _publishers.GetValueOrDefault(publisher) ?? _publishers.GetValueOrDefault(AnyPublisher);
    }
}
