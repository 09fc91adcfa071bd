namespace Plugins.Manifest.Trust;

/// <summary>The unchecked contents of a trust policy.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record TrustPolicyOptions
{
    /// <summary>The keys, each under a name of its own.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<TrustedKeyOptions> Keys { get; init; } = [];

    /// <summary>The publishers, each with the names of its keys.</summary>
    /// <value>Empty by default: nobody is trusted.</value>
    public IReadOnlyList<TrustedPublisherOptions> Publishers { get; init; } = [];

    /// <summary>The maximum age of a manifest, counted from its issue, whatever its own expiry.</summary>
    /// <value>400 days by default; <see langword="null"/> for no such bound.</value>
    public TimeSpan? MaximumManifestAge { get; init; } = TimeSpan.FromDays(400);
}
