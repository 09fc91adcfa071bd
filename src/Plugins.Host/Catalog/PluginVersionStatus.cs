using Plugins.Host.Catalog.Circuits;
using Plugins.Manifest;
using Plugins.Manifest.Trust;

namespace Plugins.Host.Catalog;

/// <summary>A loaded version of a plugin.</summary>
/// <param name="Id">Publisher and name.</param>
/// <param name="Version">The manifest's version.</param>
/// <param name="Digest">Of the module's bytes.</param>
/// <param name="IsSigned">True if a publisher vouches for it; otherwise the id is only a claim.</param>
/// <param name="LoadedAt">When it was loaded, by the host's clock.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginVersionStatus(
    PluginId Id, SemanticVersion Version, Sha256Digest Digest, bool IsSigned, DateTimeOffset LoadedAt)
{
    /// <summary>Whether its circuit breaker lets calls through.</summary>
    /// <value>Null: it has none.</value>
    public PluginCircuitState? Circuit { get; init; }

    /// <summary>True if it was loaded again because the version after it kept failing.</summary>
    public bool IsFallback { get; init; }

    /// <summary>When it will not be trusted any more; it goes on serving, and is refused at its next load.</summary>
    /// <value>Null: no date ends that, or it is not signed.</value>
    public TrustExpiry? TrustExpiry { get; init; }

    internal static PluginVersionStatus Of(PluginVersion version)
    {
        var (plugin, manifest) = (version.Plugin, version.Plugin.Manifest);
        return new PluginVersionStatus(
            manifest.Id, manifest.Version, manifest.Module.Sha256, plugin.IsSigned, version.LoadedAt)
        {
            Circuit = version.Circuit?.State,
            IsFallback = version.IsFallback,
            TrustExpiry = plugin.TrustExpiry,
        };
    }
}
