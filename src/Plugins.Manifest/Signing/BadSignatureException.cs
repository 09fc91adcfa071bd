using Plugins.Manifest.Trust;

namespace Plugins.Manifest.Signing;

/// <summary>The file names a trusted key, but the signature is not by that key: something was changed.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class BadSignatureException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="key">The key that the file names.</param>
    public BadSignatureException(TrustedKey key)
        : base(ManifestErrorCode.BadSignature, $"The signature that names the key {key} does not verify.")
    {
        Key = key;
    }

    /// <summary>The trusted key that the file names.</summary>
    public TrustedKey Key { get; }
}
