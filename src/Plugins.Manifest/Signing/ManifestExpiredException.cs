using System.Globalization;

namespace Plugins.Manifest.Signing;

/// <summary>The manifest is past its expiry, or past the age that the trust policy allows.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class ManifestExpiredException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="expiredAt">The time at which it expired.</param>
    /// <param name="byPolicy">True if the policy's maximum age applied, not the publisher's date.</param>
    public ManifestExpiredException(PluginId plugin, DateTimeOffset expiredAt, bool byPolicy)
        : base(ManifestErrorCode.Expired, Compose(plugin, expiredAt, byPolicy))
    {
        Plugin = plugin;
        ExpiredAt = expiredAt;
        ByPolicy = byPolicy;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The time at which it expired.</summary>
    public DateTimeOffset ExpiredAt { get; }

    /// <summary>True if the trust policy's maximum age applied, not the publisher's own date.</summary>
    public bool ByPolicy { get; }

    private static string Compose(PluginId plugin, DateTimeOffset expiredAt, bool byPolicy)
    {
        var reason = byPolicy ? "by the trust policy's maximum age" : "by its own date";
        return string.Create(
            CultureInfo.InvariantCulture, $"The manifest of {plugin} expired at {expiredAt:u} {reason}.");
    }
}
