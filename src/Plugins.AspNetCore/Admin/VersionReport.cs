using Plugins.Host.Catalog;

namespace Plugins.AspNetCore.Admin;

/// <summary>A loaded version as administrators see it.</summary>
internal sealed record VersionReport(string Id, string Version, string Sha256, bool Signed, DateTimeOffset LoadedAt)
{
    public string? Circuit { get; init; }

    public bool Fallback { get; init; }

    public DateTimeOffset? TrustedUntil { get; init; }

    public string? TrustedUntilKey { get; init; }

    internal static VersionReport? Of(PluginVersionStatus? version) => version is null ? null : new VersionReport(
        version.Id.ToString(),
        version.Version.ToString(),
        version.Digest.ToString(),
        version.IsSigned,
        version.LoadedAt)
    {
        Circuit = version.Circuit?.ToString(),
        Fallback = version.IsFallback,
        TrustedUntil = version.TrustExpiry?.At,
        TrustedUntilKey = version.TrustExpiry?.Key?.Name,
    };
}
