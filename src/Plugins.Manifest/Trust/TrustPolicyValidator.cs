using System.Collections.Immutable;

namespace Plugins.Manifest.Trust;

/// <summary>Checks a policy whole, so that one run shows everything that is wrong with it.</summary>
internal sealed class TrustPolicyValidator
{
    public const int MaxKeys = 1024;
    public const int MaxPublishers = 1024;
    public const int MaxNameLength = 128;
    public const int MaxAgeDays = 36_500;

    private readonly List<TrustPolicyFault> _faults = [];
    private readonly Dictionary<string, TrustedKey> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<KeyId, string> _names = [];
    private readonly Dictionary<string, TrustedPublisher> _publishers = new(StringComparer.Ordinal);

    public void Add(TrustPolicyFault fault) => _faults.Add(fault);

    public TrustPolicy Validate(TrustPolicyOptions options)
    {
        Check(options.Keys.Count <= MaxKeys, "keys", $"at most {MaxKeys} keys are allowed");
        Check(options.Publishers.Count <= MaxPublishers, "publishers", $"at most {MaxPublishers} are allowed");
        Check(
            options.MaximumManifestAge is null || options.MaximumManifestAge.Value.TotalDays is > 0 and <= MaxAgeDays,
            "maximumManifestAge",
            $"the age must be above zero and at most {MaxAgeDays} days");
        foreach (var key in options.Keys.Take(MaxKeys))
        {
            AddKey(key, $"keys[{key.Name}]");
        }

        foreach (var publisher in options.Publishers.Take(MaxPublishers))
        {
            AddPublisher(publisher, $"publishers[{publisher.Name}]");
        }

        return _faults.Count == 0
            ? TrustPolicy.CreateTrusted([.. _keys.Values], _publishers.Values, options.MaximumManifestAge)
            : throw new TrustPolicyException(_faults.AsReadOnly());
    }

    private void AddKey(TrustedKeyOptions options, string entry)
    {
        Check(options.Name.Length is > 0 and <= MaxNameLength, entry, $"a name has 1 to {MaxNameLength} characters");
        Check(Enum.IsDefined(options.Status), entry, "the status is not known");
        Check(!(options.ValidFrom >= options.ValidUntil), entry, "validFrom is not before validUntil");
        if (!SubjectPublicKeyInfo.TryReadPem(options.Pem, out var der, out var fault))
        {
            Check(false, entry, fault);
            return;
        }

        var key = new TrustedKey(options, der);
        var expected = options.KeyId ?? key.Id;
        Check(expected == key.Id, entry, $"the key's id is {key.Id}, not what keyId says");

        // One key under two names could be active under one and revoked under the other.
        var unique = _names.TryAdd(key.Id, options.Name);
        Check(unique, entry, $"the key is already listed as {_names[key.Id]}");
        Check(_keys.TryAdd(options.Name, key), entry, "the name is taken by an earlier key");
    }

    private void AddPublisher(TrustedPublisherOptions options, string entry)
    {
        var named = options.Name == TrustPolicy.AnyPublisher || PluginId.IsPart(options.Name);
        Check(named, entry, "a name is a whole publisher name or *");
        var keys = ImmutableArray.CreateBuilder<TrustedKey>();
        string[] names = [.. options.Keys.Distinct(StringComparer.Ordinal)];
        foreach (var name in names)
        {
            if (_keys.TryGetValue(name, out var key))
            {
                keys.Add(key);
            }

            Check(key is not null, entry, $"there is no usable key named {name}");
        }

        var reachable = options.Threshold >= 1 && options.Threshold <= names.Length;
        Check(reachable, entry, $"a threshold of {options.Threshold} cannot be met with {names.Length} keys");
        var free = _publishers.TryAdd(options.Name, new TrustedPublisher(options, keys.ToImmutable()));
        Check(free, entry, "the publisher is listed twice");
    }

    private void Check(bool condition, string entry, string problem)
    {
        if (!condition)
        {
            _faults.Add(new TrustPolicyFault(entry, problem));
        }
    }
}
