using Plugins.Manifest;

namespace Plugins.Cli.Verifying;

/// <summary>The checks of <c>ManifestVerifier</c> in its order, each with the codes that it fails with.</summary>
/// <remarks>docs/signing.md, "What is checked, and what it answers".</remarks>
internal static class CheckList
{
    internal const string Publisher = "the key may sign for this publisher";
    internal const string Audience = "this application is meant";
    internal const string Contract = "module, manifest and ABI fit each other";

    private const string Signature = "the key that it names made its signature";

    private static readonly (string Name, ManifestErrorCode[] Codes)[] Checks =
    [
        ("there is a signature file", [ManifestErrorCode.Unsigned]),
        ("it is well-formed and small", [ManifestErrorCode.MalformedEnvelope]),
        (Signature, [ManifestErrorCode.BadSignature]),
        ("a trusted key signed it", [ManifestErrorCode.UnknownKey, ManifestErrorCode.VerificationLimit]),
        ("what was signed is a plugin's manifest", [ManifestErrorCode.UnsupportedPredicate]),
        ("its schema is known", [ManifestErrorCode.UnsupportedSchema, ManifestErrorCode.UnknownCritical]),
        ("the manifest is valid", [ManifestErrorCode.MalformedManifest]),
        (Publisher, [ManifestErrorCode.WrongPublisher]),
        ("the key counts today",
        [
            ManifestErrorCode.KeyRevoked, ManifestErrorCode.KeyRetired, ManifestErrorCode.KeyNotYetValid,
            ManifestErrorCode.KeyExpired,
        ]),
        ("enough different keys signed", [ManifestErrorCode.ThresholdNotMet]),
        ("it is issued and not expired", [ManifestErrorCode.NotYetValid, ManifestErrorCode.Expired]),
        (Audience, [ManifestErrorCode.WrongAudience]),
        ("the module is the signed one", [ManifestErrorCode.ModuleMismatch]),
    ];

    /// <summary>All passed up to the one that failed; those behind it were never made.</summary>
    /// <remarks>The signature of a key that is not at hand was not checked either.</remarks>
    internal static IReadOnlyList<Check> After(ManifestErrorCode failure, string message)
    {
        var failed = Array.FindIndex(Checks, check => check.Codes.Contains(failure));
        return
        [
            .. Checks.Select((check, index) => index == failed ? new Check(check.Name, "failed", message)
                : index > failed ? Skipped(check.Name)
                : failure is ManifestErrorCode.UnknownKey && check.Name == Signature
                    ? new Check(check.Name, "skipped", "no trusted key is at hand to check it with")
                : new Check(check.Name, "passed", null)),
            Skipped(Contract),
        ];
    }

    /// <summary>All checks of the signature passed, but for those in the details.</summary>
    internal static IReadOnlyList<Check> Verified(IReadOnlyList<Check> details, string? complaint) =>
    [
        .. Checks.Select(check =>
            details.FirstOrDefault(detail => detail.Name == check.Name) ?? new Check(check.Name, "passed", null)),
        new Check(Contract, complaint is null ? "passed" : "failed", complaint),
    ];

    private static Check Skipped(string name) => new(name, "skipped", "an earlier check failed");
}
