using System.Diagnostics.CodeAnalysis;

namespace Plugins.Manifest.Trust;

/// <summary>Names a public key: the SHA-256 of its SubjectPublicKeyInfo in DER.</summary>
/// <remarks>Shown as 64 lowercase hexadecimal digits. Immutable and safe for use by many threads.</remarks>
public sealed record KeyId
{
    internal KeyId(Sha256Digest digest)
    {
        Digest = digest;
    }

    /// <summary>The digest.</summary>
    public Sha256Digest Digest { get; }

    /// <summary>Formats the id as the key hint of a Sigstore bundle.</summary>
    /// <returns>Standard base64 with padding.</returns>
    public string ToBase64() => Convert.ToBase64String(Digest.Bytes);

    /// <summary>Reads 64 lowercase hexadecimal digits if the text is that.</summary>
    /// <param name="hex">Any text.</param>
    /// <param name="keyId">The key's name when the text is one.</param>
    /// <returns>True if the text has the form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? hex, [NotNullWhen(true)] out KeyId? keyId)
    {
        keyId = Sha256Digest.TryParse(hex, out var digest) ? new KeyId(digest) : null;
        return keyId is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Digest.ToString();
}
