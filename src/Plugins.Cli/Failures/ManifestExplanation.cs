using Plugins.Manifest;

namespace Plugins.Cli.Failures;

/// <summary>What each refusal of a manifest or signature means for the person at the keyboard.</summary>
internal static class ManifestExplanation
{
    internal static Complaint Of(ManifestException exception) =>
        new(CodeOf(exception.Code), exception.Code.ToString(), exception.Message, WhyOf(exception.Code),
            NextOf(exception.Code));

    internal static string? WhyOf(ManifestErrorCode code) => code switch
    {
        ManifestErrorCode.Unsigned => "There is no signature file beside the module.",
        ManifestErrorCode.UnknownKey => "No key that you trust made any of its signatures, or the file was changed.",
        ManifestErrorCode.WrongPublisher => "A key may sign only for the publishers that the policy names with it.",
        ManifestErrorCode.BadSignature => "The file names a key that you trust, but that key did not sign these bytes.",
        ManifestErrorCode.ModuleMismatch => "The module is not the one that was signed: it was changed or rebuilt.",
        ManifestErrorCode.Expired => "Old releases may have holes that are known, so signatures do not hold forever.",
        ManifestErrorCode.NotYetValid => "It says that it will be issued later: one of two clocks is wrong.",
        ManifestErrorCode.WrongAudience => "It was signed for other applications or tenants than this one.",
        ManifestErrorCode.MalformedEnvelope => "The signature file breaks the format of docs/signing.md.",
        ManifestErrorCode.MalformedManifest => "The manifest breaks the format of docs/manifest.md.",
        ManifestErrorCode.UnknownCritical => "Its publisher demands that readers know a field which is unknown here.",
        ManifestErrorCode.UnsupportedPredicate => "What was signed is some other document, not a plugin's manifest.",
        ManifestErrorCode.UnsupportedSchema => "It is written in a later schema than this version reads.",
        ManifestErrorCode.ThresholdNotMet => "The policy wants signatures of more different keys.",
        ManifestErrorCode.KeyRetired or ManifestErrorCode.KeyRevoked => "The policy no longer accepts this key.",
        ManifestErrorCode.KeyNotYetValid or ManifestErrorCode.KeyExpired => "The policy limits when this key counts.",
        ManifestErrorCode.VerificationLimit => "A signature file may cost at most 32 signature checks.",
        ManifestErrorCode.InvalidTrustPolicy => "The policy breaks the format of docs/signing.md.",
        _ => null,
    };

    internal static string NextOf(ManifestErrorCode code) => code switch
    {
        ManifestErrorCode.Unsigned => "Sign it: plugins sign <plugin> --key key.pem",
        ManifestErrorCode.UnknownKey or ManifestErrorCode.BadSignature =>
            "Get the publisher's public key from a place that you trust, and pass it with --key or --trust.",
        ManifestErrorCode.WrongPublisher => "Ask who really made it. If all is well, add the publisher to the policy.",
        ManifestErrorCode.ModuleMismatch => "Get both files again from the publisher; if it is yours, sign it again.",
        ManifestErrorCode.Expired => "Get a newer release; if it is yours, sign it again.",
        ManifestErrorCode.NotYetValid => "Check the clock of this machine.",
        ManifestErrorCode.WrongAudience => "Pass --audience with the name of your application, if it is meant.",
        ManifestErrorCode.ThresholdNotMet =>
            "Have another key holder add a signature: plugins sign <plugin> --add --key …",
        ManifestErrorCode.MalformedManifest => "Correct that field; docs/manifest.md lists all of them.",
        ManifestErrorCode.InvalidTrustPolicy => "Correct the policy; docs/signing.md has an example.",
        ManifestErrorCode.UnsupportedSchema or ManifestErrorCode.UnknownCritical => "Update this tool.",
        ManifestErrorCode.KeyRetired or ManifestErrorCode.KeyRevoked or ManifestErrorCode.KeyExpired
            or ManifestErrorCode.KeyNotYetValid => "Get a release that is signed with a key in use.",
        _ => "Get the file again from its publisher.",
    };

    // A policy is the user's own file; everything else came with the plugin.
    private static ExitCode CodeOf(ManifestErrorCode code) =>
        code is ManifestErrorCode.InvalidTrustPolicy ? ExitCode.Usage : ExitCode.Refused;
}
