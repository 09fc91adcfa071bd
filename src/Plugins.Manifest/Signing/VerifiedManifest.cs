using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Signing;

/// <summary>A manifest whose signatures, dates, audience and module were all verified.</summary>
/// <remarks>Only a verifier makes one. Immutable and safe for use by many threads.</remarks>
public sealed class VerifiedManifest
{
    internal VerifiedManifest(
        PluginManifest manifest,
        TrustedPublisher publisher,
        IReadOnlyList<TrustedKey> signers,
        byte[] statement,
        DateTimeOffset? expiresAt)
    {
        Manifest = manifest;
        Publisher = publisher;
        Signers = signers;
        Statement = statement;
        StatementDigest = Sha256Digest.Compute(statement);
        ExpiresAt = expiresAt;
    }

    /// <summary>The manifest, read from the verified bytes.</summary>
    public PluginManifest Manifest { get; }

    /// <summary>The entry of the trust policy that applied, with its ceiling.</summary>
    public TrustedPublisher Publisher { get; }

    /// <summary>The different keys of the publisher that signed and count.</summary>
    public IReadOnlyList<TrustedKey> Signers { get; }

    /// <summary>The signed statement, byte by byte.</summary>
    public ReadOnlyMemory<byte> Statement { get; }

    /// <summary>SHA-256 of the statement, which identifies a release whatever its signatures.</summary>
    /// <remarks>Signatures themselves can be changed without becoming wrong, so they are no identity.</remarks>
    public Sha256Digest StatementDigest { get; }

    /// <summary>The time at which the manifest expires, by its own date or the policy's maximum age.</summary>
    /// <value><see langword="null"/> when neither ends it.</value>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>When it will not be trusted any more: it expires, or the keys that signed do.</summary>
    /// <value><see langword="null"/> when no date ends it.</value>
    public TrustExpiry? TrustExpiry => TrustExpiry.Find(ExpiresAt, Signers, Publisher.Threshold);
}
