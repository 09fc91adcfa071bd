namespace Plugins.Manifest.Trust;

/// <summary>Whether signatures of a key still count.</summary>
public enum TrustedKeyStatus
{
    /// <summary>They count.</summary>
    Active = 0,

    /// <summary>No longer in use. Refused, since nothing here proves that a signature is older than that.</summary>
    Retired = 1,

    /// <summary>Stolen or lost: refused, whenever the signature was made.</summary>
    Revoked = 2,
}
