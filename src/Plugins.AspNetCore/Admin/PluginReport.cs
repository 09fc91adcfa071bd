using Plugins.Host.Catalog;
using Plugins.Host.Limits;
using Plugins.Manifest.Text;

namespace Plugins.AspNetCore.Admin;

/// <summary>A plugin as administrators see it.</summary>
internal sealed record PluginReport
{
    public required string Name { get; init; }

    public required string State { get; init; }

    public required bool Required { get; init; }

    public required string Location { get; init; }

    public required int Uses { get; init; }

    public required bool Pinned { get; init; }

    public VersionReport? Version { get; init; }

    public VersionReport? Canary { get; init; }

    public double CanaryShare { get; init; }

    public string? PreviousVersion { get; init; }

    public string? LastFailure { get; init; }

    public DateTimeOffset? LastFailureAt { get; init; }

    public PluginLimits? Limits { get; init; }

    internal static PluginReport Of(CatalogPlugin plugin)
    {
        var status = plugin.Status;
        return new PluginReport
        {
            Name = status.Name,
            State = status.State.ToString(),
            Required = status.IsRequired,
            Location = status.Location,
            Uses = plugin.Uses,
            Pinned = status.IsPinned,
            Version = VersionReport.Of(status.Version),
            Canary = VersionReport.Of(status.Canary),
            CanaryShare = status.CanaryShare,
            PreviousVersion = status.PreviousVersion?.ToString(),
            LastFailure = status.LastFailure is { } failure
                ? VisibleText.Escape(failure.Exception.Message, VisibleText.MaximumMessageLength)
                : null,
            LastFailureAt = status.LastFailure?.FailedAt,
            Limits = status.State == PluginState.Active ? LimitsOf(plugin) : null,
        };
    }

    private static PluginLimits LimitsOf(CatalogPlugin plugin)
    {
        using var lease = plugin.Lease();
        return lease.Plugin.Limits;
    }
}
