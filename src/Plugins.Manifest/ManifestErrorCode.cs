namespace Plugins.Manifest;

/// <summary>The reason a manifest, signature or trust policy was refused; numbers are stable across versions.</summary>
public enum ManifestErrorCode
{
    /// <summary>No code; never thrown.</summary>
    None = 0,

    /// <summary>There is no signature: an empty file, or an envelope whose signature list is empty.</summary>
    Unsigned = 1,

    /// <summary>No key of the trust policy verifies the signature, and the file names none of them.</summary>
    UnknownKey = 2,

    /// <summary>The signing key is in the trust policy, but not for this publisher.</summary>
    WrongPublisher = 3,

    /// <summary>The file names a trusted key that does not verify: manifest or signature were changed.</summary>
    BadSignature = 4,

    /// <summary>The module is not the one that was signed.</summary>
    ModuleMismatch = 5,

    /// <summary>The manifest is past its own expiry or past the policy's maximum age.</summary>
    Expired = 6,

    /// <summary>The manifest was issued in the future.</summary>
    NotYetValid = 7,

    /// <summary>The manifest is meant for other applications or tenants.</summary>
    WrongAudience = 8,

    /// <summary>The signature file is not a well-formed bundle or envelope.</summary>
    MalformedEnvelope = 9,

    /// <summary>The signed statement or the manifest in it breaks the format.</summary>
    MalformedManifest = 10,

    /// <summary>The manifest marks as critical a field that this version does not know.</summary>
    UnknownCritical = 11,

    /// <summary>The signed statement is not a plugin manifest.</summary>
    UnsupportedPredicate = 12,

    /// <summary>Fewer usable keys of the publisher signed than the policy demands.</summary>
    ThresholdNotMet = 13,

    /// <summary>The signing key was revoked.</summary>
    KeyRevoked = 14,

    /// <summary>The signing key was retired, and nothing proves that it signed before that.</summary>
    KeyRetired = 15,

    /// <summary>The signing key may be used only from a later date.</summary>
    KeyNotYetValid = 16,

    /// <summary>The signing key might be used only until an earlier date.</summary>
    KeyExpired = 17,

    /// <summary>Identifying the signer would take more signature checks than allowed per load.</summary>
    VerificationLimit = 18,

    /// <summary>The trust policy itself is faulty.</summary>
    InvalidTrustPolicy = 19,

    /// <summary>The manifest's schema version is not one that this package reads.</summary>
    UnsupportedSchema = 20,
}
