using System.Globalization;

namespace Plugins.Manifest.Signing;

/// <summary>The manifest says that it was issued in the future.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ManifestNotYetValidException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="issuedAt">The time of issue that the manifest states.</param>
    public ManifestNotYetValidException(PluginId plugin, DateTimeOffset issuedAt)
        : base(
            ManifestErrorCode.NotYetValid,
            string.Create(CultureInfo.InvariantCulture, $"The manifest of {plugin} is valid only from {issuedAt:u}."))
    {
        Plugin = plugin;
        IssuedAt = issuedAt;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The time of issue that the manifest states.</summary>
    public DateTimeOffset IssuedAt { get; }
}
