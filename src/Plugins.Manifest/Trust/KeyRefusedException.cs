namespace Plugins.Manifest.Trust;

/// <summary>The signing key is the publisher's, but is revoked, retired, expired or not yet valid.</summary>
/// <remarks>
/// <see cref="ManifestException.Code"/> tells revoked, retired, not yet valid and expired apart. Immutable once thrown.
/// </remarks>
public sealed class KeyRefusedException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="code">The reason the key is refused.</param>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="key">The key that signed.</param>
    public KeyRefusedException(ManifestErrorCode code, PluginId plugin, TrustedKey key)
        : base(code, $"{plugin} is signed by the key {key}, which {Describe(code)}.")
    {
        Plugin = plugin;
        Key = key;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The key that signed.</summary>
    public TrustedKey Key { get; }

    private static string Describe(ManifestErrorCode code) => code switch
    {
        ManifestErrorCode.KeyRevoked => "is revoked",
        ManifestErrorCode.KeyRetired => "is retired",
        ManifestErrorCode.KeyNotYetValid => "is not valid yet",
        _ => "is no longer valid",
    };
}
