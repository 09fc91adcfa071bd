namespace Plugins.Manifest.Signing;

/// <summary>Options of a verifier: audience and clock skew.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record ManifestVerificationOptions
{
    /// <summary>Audience names this application or tenant accepts.</summary>
    /// <value>Empty by default: only manifests for any audience are accepted.</value>
    public IReadOnlyCollection<string> Audience { get; init; } = [];

    /// <summary>The largest accepted difference between the clocks of publisher and application.</summary>
    /// <value>5 minutes by default.</value>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);
}
