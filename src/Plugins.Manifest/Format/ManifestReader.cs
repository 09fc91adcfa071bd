using System.Collections.Frozen;
using Plugins.Manifest.Json;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Manifest.Format;

/// <summary>Reads a manifest from strictly read JSON; docs/manifest.md is the format.</summary>
internal static partial class ManifestReader
{
    private const int MaxAbiLength = 128;
    private const int MaxAudience = 64;
    private const int MaxAudienceLength = 256;
    private const int MaxFeatures = 64;
    private const int MaxFeatureLength = 64;
    private const int MaxCritical = 64;
    private const int MaxCriticalLength = 64;
    private const int MaxProvenanceLength = 1024;

    private static readonly FrozenSet<string> _knownFields = FrozenSet.Create(
        StringComparer.Ordinal,
        "schemaVersion", "id", "version", "sequence", "module", "assets", "abi", "features", "functions", "imports",
        "permissions", "limits", "config", "hostApi", "issuedAt", "expiresAt", "audience", "critical", "provenance");

    public static PluginManifest Read(JsonValue value)
    {
        // What the manifest says about how to read it comes before everything else.
        var schema = value.Required("schemaVersion").AsInteger(0);
        if (schema != PluginManifest.CurrentSchemaVersion)
        {
            throw new UnsupportedSchemaException(schema);
        }

        var critical = ReadCritical(value);
        var issuedAt = value.Required("issuedAt").AsTime();
        return new PluginManifest
        {
            Id = ReadId(value.Required("id")),
            Version = value.Required("version").AsVersion(),
            Sequence = value.Required("sequence").AsInteger(0),
            Module = ReadModule(value.Required("module")),
            Assets = ReadList(value, "assets", 0, MaxAssets, ReadAsset, asset => asset.Path.ToUpperInvariant()),
            Abi = value.Required("abi").AsText(MaxAbiLength, PlainName.IsValid, PlainName.Form),
            Features = ReadTexts(value, "features", MaxFeatures, MaxFeatureLength),
            Functions = value.Required("functions").AsList(
                1, PluginManifest.MaxFunctions, ReadFunction, function => function.Name),
            Imports = ReadList(value, "imports", 1, MaxImports, ReadImport, import => import),
            Permissions = ReadList(
                value,
                "permissions",
                0,
                PluginManifest.MaxPermissions,
                PermissionReader.ReadRequest,
                request => (request.Name, request.Required)),
            Limits = value.Optional("limits") is { } limits ? ReadLimits(limits) : new RequestedLimits(),
            Config = ReadList(value, "config", 0, MaxConfig, ReadConfig, key => key.Key),
            HostApi = value.Optional("hostApi") is { } hostApi ? ReadHostApi(hostApi) : null,
            IssuedAt = issuedAt,
            ExpiresAt = value.Optional("expiresAt") is { } expiresAt ? ReadExpiry(expiresAt, issuedAt) : null,
            Audience = ReadTexts(value, "audience", MaxAudience, MaxAudienceLength),
            Critical = critical,
            Provenance = value.Optional("provenance") is { } provenance ? ReadProvenance(provenance) : null,
        };
    }

    // RFC 7515 4.1.11 is the model: names are unique, present and understood, or the whole is refused.
    private static IReadOnlyList<string> ReadCritical(JsonValue value)
    {
        var critical = ReadTexts(value, "critical", MaxCritical, MaxCriticalLength);
        foreach (var field in critical)
        {
            if (!_knownFields.Contains(field))
            {
                throw new UnknownCriticalException(field);
            }

            if (value.Optional(field) is null)
            {
                throw value.FailAt(field, ManifestFormatProblem.MissingField, "the field that 'critical' names");
            }
        }

        return critical;
    }

    private static PluginId ReadId(JsonValue value) =>
        PluginId.TryParse(value.AsText((2 * PluginId.MaxPartLength) + 1), out var id)
            ? id
            : throw value.Fail(ManifestFormatProblem.InvalidValue, PluginId.Form);

    private static DateTimeOffset ReadExpiry(JsonValue value, DateTimeOffset issuedAt)
    {
        var expiresAt = value.AsTime();
        return expiresAt > issuedAt
            ? expiresAt
            : throw value.Fail(ManifestFormatProblem.InvalidValue, "a time after issuedAt");
    }

    private static HostApiRange ReadHostApi(JsonValue value)
    {
        var minimum = value.Required("minimum").AsVersion();
        var maximum = value.Optional("maximum")?.AsVersion();
        return maximum is null || minimum <= maximum
            ? new HostApiRange(minimum, maximum)
            : throw value.Fail(ManifestFormatProblem.InvalidValue, "a maximum that is not below the minimum");
    }

    private static ManifestProvenance ReadProvenance(JsonValue value) => new()
    {
        Repository = value.Optional("repository")?.AsText(MaxProvenanceLength),
        Commit = value.Optional("commit")?.AsText(MaxProvenanceLength),
        Builder = value.Optional("builder")?.AsText(MaxProvenanceLength),
    };

    private static IReadOnlyList<string> ReadTexts(JsonValue value, string member, int maximum, int maxLength) =>
        ReadList(value, member, 0, maximum, item => item.AsText(maxLength), text => text);

    private static IReadOnlyList<T> ReadList<T>(
        JsonValue value, string member, int minimum, int maximum, Func<JsonValue, T> read, Func<T, object> key) =>
        value.Optional(member)?.AsList(minimum, maximum, read, key) ?? [];
}
