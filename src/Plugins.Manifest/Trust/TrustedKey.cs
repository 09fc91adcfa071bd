using System.Security.Cryptography;

namespace Plugins.Manifest.Trust;

/// <summary>A checked P-256 public key of a trust policy.</summary>
/// <remarks>Immutable and safe for use by many threads; holds no native handle to dispose.</remarks>
public sealed class TrustedKey
{
    private readonly byte[] _subjectPublicKeyInfo;

    internal TrustedKey(TrustedKeyOptions options, byte[] subjectPublicKeyInfo)
    {
        _subjectPublicKeyInfo = subjectPublicKeyInfo;
        Id = new KeyId(Sha256Digest.Compute(subjectPublicKeyInfo));
        Hints = [Id.ToBase64(), Id.ToString(), SshFingerprint.Of(subjectPublicKeyInfo)];
        Name = options.Name;
        Status = options.Status;
        ValidFrom = options.ValidFrom;
        ValidUntil = options.ValidUntil;
    }

    /// <summary>The key's id, by which thresholds are counted.</summary>
    public KeyId Id { get; }

    /// <summary>The key's name in the policy.</summary>
    public string Name { get; }

    /// <summary>The key's status: active, retired or revoked.</summary>
    public TrustedKeyStatus Status { get; }

    /// <summary>The time from which the key is accepted.</summary>
    /// <value><see langword="null"/> when it always was.</value>
    public DateTimeOffset? ValidFrom { get; }

    /// <summary>The time from which the key is refused.</summary>
    /// <value><see langword="null"/> when it never is.</value>
    public DateTimeOffset? ValidUntil { get; }

    /// <summary>What a bundle's hint or an envelope's <c>keyid</c> may say when it means this key.</summary>
    internal IReadOnlyList<string> Hints { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Id})";

    // ECDSA P-256 over SHA-256 with a DER signature is a property of the key, never read from an envelope.
    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(_subjectPublicKeyInfo, out _);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    // Differences of times, because sums may leave the calendar.
    internal ManifestErrorCode RefusalAt(DateTimeOffset now, TimeSpan clockSkew) => Status switch
    {
        TrustedKeyStatus.Revoked => ManifestErrorCode.KeyRevoked,
        TrustedKeyStatus.Retired => ManifestErrorCode.KeyRetired,
        _ when ValidFrom - now > clockSkew => ManifestErrorCode.KeyNotYetValid,
        _ when now - ValidUntil >= clockSkew => ManifestErrorCode.KeyExpired,
        _ => ManifestErrorCode.None,
    };
}
