namespace Plugins.Manifest.Signing;

/// <summary>What a verifier needs to know about the application that it works for.</summary>
/// <remarks>Immutable, thus safe for use from several threads.</remarks>
public sealed record ManifestVerificationOptions
{
    /// <summary>Names by which a manifest's audience may mean this application or tenant.</summary>
    /// <value>Empty by default: only manifests for any audience are accepted.</value>
    public IReadOnlyCollection<string> Audience { get; init; } = [];

    /// <summary>How far the clocks of publisher and application may differ.</summary>
    /// <value>5 minutes by default.</value>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);
}
