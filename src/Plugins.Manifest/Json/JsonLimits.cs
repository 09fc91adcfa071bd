namespace Plugins.Manifest.Json;

/// <summary>Bounds of a document, checked before it costs anything.</summary>
internal sealed record JsonLimits
{
    public static JsonLimits Manifest { get; } = new() { MaxBytes = 256 * 1024 };

    /// <summary>A payload of 256 KiB in base64, sixteen signatures, and the log entries that cosign may add.</summary>
    public static JsonLimits SignatureFile { get; } = new() { MaxBytes = 1024 * 1024 };

    /// <summary>PEM text has line breaks, so a trust policy may too.</summary>
    public static JsonLimits TrustPolicy { get; } = new() { MaxBytes = 1024 * 1024, AllowLineBreaks = true };

    public required int MaxBytes { get; init; }

    public int MaxDepth { get; init; } = 32;

    public int MaxValues { get; init; } = 32 * 1024;

    public bool AllowLineBreaks { get; init; }
}
