using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Plugins.Cli.Answers;
using Plugins.Cli.Commands;
using Plugins.Cli.Terminals;
using Plugins.Manifest;

namespace Plugins.Cli.Signing;

/// <summary>What was signed.</summary>
internal sealed record SignAnswer() : Answer("sign")
{
    [Description("The plugin's id.")]
    public required string Plugin { get; init; }

    [Description("Its version.")]
    public required string Version { get; init; }

    [Description("Its sequence, which must rise with every release.")]
    public required long Sequence { get; init; }

    [Description("The module's SHA-256.")]
    public required string ModuleSha256 { get; init; }

    [Description("The signature file that was written.")]
    public required string SignatureFile { get; init; }

    [Description("A signature file in the other format that was removed because it was out of date.")]
    public string? Removed { get; init; }

    [Description("The SHA-256 of the public key.")]
    public required string KeyId { get; init; }

    [Description("The time of the signature.")]
    public required DateTimeOffset IssuedAt { get; init; }

    [Description("The time at which the signature expires; absent if that is left to trust policies.")]
    public DateTimeOffset? ExpiresAt { get; init; }

    [Description("The permissions that the manifest asks for.")]
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>What checks it as an application would.</summary>
    [JsonIgnore]
    internal string NextStep { get; init; } = "";

    internal static SignAnswer Of(
        PluginManifest manifest, string path, string? removed, ECDsa key, string nextStep) => new()
    {
        NextStep = nextStep,
        Plugin = manifest.Id.ToString(),
        Version = manifest.Version.ToString(),
        Sequence = manifest.Sequence,
        ModuleSha256 = manifest.Module.Sha256.ToString(),
        SignatureFile = path,
        Removed = removed,
        KeyId = Sha256Digest.Compute(key.ExportSubjectPublicKeyInfo()).ToString(),
        IssuedAt = manifest.IssuedAt,
        ExpiresAt = manifest.ExpiresAt,
        Permissions = [.. manifest.Permissions.Select(request => request.Name).Distinct(StringComparer.Ordinal)],
    };

    internal override void Print(Session session)
    {
        var shown = session.Surroundings.Show(SignatureFile);
        session.Page.Facts(
            ("signed", $"{Plugin} {Version}, sequence {Sequence}", Tone.Good),
            ("module", $"sha-256 {ModuleSha256}", Tone.Plain),
            ("asks for", Permissions.Count == 0 ? "nothing" : string.Join(", ", Permissions), Tone.Plain),
            ("expires",
                ExpiresAt is { } end ? $"{end:u}" : "never by itself; a trust policy may set a maximum age",
                Tone.Plain),
            ("key id", KeyId, Tone.Plain),
            ("written", shown + (Removed is null ? "" : $", in place of {session.Surroundings.Show(Removed)}"),
                Tone.Plain));
        session.Page.Next(NextStep);
    }
}
