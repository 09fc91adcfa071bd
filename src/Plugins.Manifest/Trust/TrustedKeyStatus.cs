namespace Plugins.Manifest.Trust;

/// <summary>The status of a key, which decides if its signatures count.</summary>
public enum TrustedKeyStatus
{
    /// <summary>Signatures of the key count.</summary>
    Active = 0,

    /// <summary>No longer in use. Refused, since nothing here proves that a signature is older than that.</summary>
    Retired = 1,

    /// <summary>Stolen or lost: refused, whenever the signature was made.</summary>
    Revoked = 2,
}
