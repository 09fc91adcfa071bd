using System.Text.Json;
using Plugins.Manifest;

namespace Plugins.Cli.Failures;

/// <summary>Says of a fault in a file of the user's own where it is: file, line and column.</summary>
internal static class FileFault
{
    /// <summary>The complaint about a manifest or a trust policy that was read from this text.</summary>
    internal static Complaint Of(ManifestFormatException fault, string file, ReadOnlySpan<byte> text)
    {
        var field = fault.Path == "$" ? "" : $"{fault.Path[2..]}: ";
        return ManifestExplanation.Of(fault) with
        {
            What = $"{file}:{TextPosition.Of(text, fault.Offset)}: {field}{fault.Detail}.",
            Why = WhyOf(fault),
            Next = NextOf(fault),
        };
    }

    /// <summary>What the JSON reader says about it, without its own way to tell the place.</summary>
    internal static string ReasonOf(JsonException exception) =>
        exception.Message.Split(" LineNumber")[0].Split(" Path")[0];

    private static string? WhyOf(ManifestFormatException fault) => fault switch
    {
        { InnerException: JsonException syntax } => ReasonOf(syntax),
        { Problem: ManifestFormatProblem.UnknownField, Code: ManifestErrorCode.MalformedManifest } =>
            "Hosts skip fields that they do not know, so what it says would be lost without a word.",
        _ => ManifestExplanation.WhyOf(fault.Code),
    };

    private static string NextOf(ManifestFormatException fault) => fault switch
    {
        { Suggestion: { } name } => $"If {name} is meant, write that; docs/{PageOf(fault)} lists all fields.",
        { Problem: ManifestFormatProblem.UnknownField } => $"Take it out; docs/{PageOf(fault)} lists all fields.",
        { InnerException: JsonException } => "Correct the JSON there.",
        _ => ManifestExplanation.NextOf(fault.Code),
    };

    private static string PageOf(ManifestFormatException fault) =>
        fault.Code is ManifestErrorCode.InvalidTrustPolicy ? "signing.md" : "manifest.md";
}
