using System.Collections.Frozen;
using Plugins.Manifest.Json;
using Plugins.Manifest.Permissions;

namespace Plugins.Manifest.Trust;

/// <summary>Reads a trust policy file and goes on after a bad entry, so that all faults come at once.</summary>
internal sealed class TrustPolicyReader
{
    private const int MaxPemLength = 4096;

    private static readonly FrozenDictionary<string, TrustedKeyStatus> _statuses =
        new Dictionary<string, TrustedKeyStatus>(StringComparer.Ordinal)
        {
            ["active"] = TrustedKeyStatus.Active,
            ["retired"] = TrustedKeyStatus.Retired,
            ["revoked"] = TrustedKeyStatus.Revoked,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly TrustPolicyValidator _validator = new();

    public static TrustPolicy Read(ReadOnlySpan<byte> utf8)
    {
        var limits = JsonLimits.TrustPolicy;
        var copy = utf8[..Math.Min(utf8.Length, limits.MaxBytes + 1)].ToArray();
        try
        {
            var root = StrictJsonReader.Read(copy, ManifestErrorCode.InvalidTrustPolicy, limits).RequireObject();
            return new TrustPolicyReader().Read(root);
        }
        catch (ManifestFormatException error)
        {
            throw new TrustPolicyException([new TrustPolicyFault(error.Path, error.Message)], error);
        }
    }

    private TrustPolicy Read(JsonValue root)
    {
        OnlyKnown(root, "keys", "publishers", "maximumManifestAgeDays");
        var days = root.Optional("maximumManifestAgeDays")?.AsInteger(1, TrustPolicyValidator.MaxAgeDays);
        var options = new TrustPolicyOptions
        {
            Keys = ReadAll(root.Required("keys"), TrustPolicyValidator.MaxKeys, ReadKey),
            Publishers = ReadAll(root.Required("publishers"), TrustPolicyValidator.MaxPublishers, ReadPublisher),
        };
        return _validator.Validate(
            days is { } age ? options with { MaximumManifestAge = TimeSpan.FromDays(age) } : options);
    }

    private List<T> ReadAll<T>(JsonValue list, int maximum, Func<JsonValue, T> read)
    {
        var entries = new List<T>();
        foreach (var item in list.AsArray(0, maximum))
        {
            try
            {
                entries.Add(read(item));
            }
            catch (ManifestFormatException error)
            {
                _validator.Add(new TrustPolicyFault(error.Path, error.Message));
            }
        }

        return entries;
    }

    private static TrustedKeyOptions ReadKey(JsonValue value)
    {
        OnlyKnown(value, "name", "pem", "status", "validFrom", "validUntil", "keyId");
        return new TrustedKeyOptions
        {
            Name = value.Required("name").AsText(TrustPolicyValidator.MaxNameLength),
            Pem = value.Required("pem").AsText(MaxPemLength),
            Status = value.Optional("status") is { } status ? ReadStatus(status) : TrustedKeyStatus.Active,
            ValidFrom = value.Optional("validFrom")?.AsTime(),
            ValidUntil = value.Optional("validUntil")?.AsTime(),
            KeyId = value.Optional("keyId") is { } keyId ? new KeyId(keyId.AsDigest()) : null,
        };
    }

    private static TrustedKeyStatus ReadStatus(JsonValue value) =>
        _statuses.TryGetValue(value.AsText(16), out var status)
            ? status
            : throw value.Fail(ManifestFormatProblem.InvalidValue, "active, retired or revoked");

    private static TrustedPublisherOptions ReadPublisher(JsonValue value)
    {
        OnlyKnown(value, "name", "keys", "threshold", "permissions");
        var keys = value.Required("keys").AsArray(1, TrustPolicyValidator.MaxKeys);
        return new TrustedPublisherOptions
        {
            Name = value.Required("name").AsText(PluginId.MaxPartLength),
            Keys = [.. keys.Select(key => key.AsText(TrustPolicyValidator.MaxNameLength))],
            Threshold = (int)(value.Optional("threshold")?.AsInteger(1, TrustPolicyValidator.MaxKeys) ?? 1),
            Ceiling = value.Optional("permissions") is { } list ? ReadCeiling(list) : PermissionCeiling.Anything,
        };
    }

    private static PermissionCeiling ReadCeiling(JsonValue list) =>
        PermissionCeiling.Of(list.AsList(0, PluginManifest.MaxPermissions, ReadGrant, grant => grant.Name));

    private static PermissionGrant ReadGrant(JsonValue value)
    {
        OnlyKnown(value, "name", "scope");
        var name = PermissionReader.ReadName(value);
        return new PermissionGrant(name, PermissionReader.ReadScope(value, name));
    }

    // A misspelt field of a policy would silently loosen it.
    private static void OnlyKnown(JsonValue value, params ReadOnlySpan<string> known)
    {
        foreach (var (name, member) in value.RequireObject().Members!)
        {
            if (!known.Contains(name))
            {
                throw member.FailUnknown(known.ToArray());
            }
        }
    }
}
