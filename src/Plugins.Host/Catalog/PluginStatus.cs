using Plugins.Manifest;

namespace Plugins.Host.Catalog;

/// <summary>One plugin in a snapshot of a catalog.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginStatus
{
    internal PluginStatus()
    {
    }

    /// <summary>The name that the application knows it by.</summary>
    public required string Name { get; init; }

    /// <summary>Where its versions come from.</summary>
    public required string Location { get; init; }

    /// <summary>What becomes of its calls.</summary>
    public required PluginState State { get; init; }

    /// <summary>True if the application needs it.</summary>
    public required bool IsRequired { get; init; }

    /// <summary>The version that serves calls.</summary>
    /// <value>Null where none is loaded.</value>
    public PluginVersionStatus? Version { get; init; }

    /// <summary>The version that serves a share of the calls.</summary>
    /// <value>Null: there is no canary.</value>
    public PluginVersionStatus? Canary { get; init; }

    /// <summary>The canary's share of the keys, from 0 to 1.</summary>
    public double CanaryShare { get; init; }

    /// <summary>The version that <see cref="CatalogPlugin.RollbackAsync"/> would load.</summary>
    /// <value>Null: there was none before.</value>
    public SemanticVersion? PreviousVersion { get; init; }

    /// <summary>True if new versions of the source are not taken.</summary>
    public bool IsPinned { get; init; }

    /// <summary>The last load's failure; the version before it still serves if there was one.</summary>
    /// <value>Null: the last load succeeded.</value>
    public PluginLoadFailure? LastFailure { get; init; }

    internal static PluginState StateOf(bool isStopped, bool isDisabled, bool isLoaded, bool hasFailed) =>
        (isStopped, isDisabled, isLoaded, hasFailed) switch
        {
            (true, _, _, _) => PluginState.Stopped,
            (_, true, _, _) => PluginState.Disabled,
            (_, _, true, _) => PluginState.Active,
            (_, _, _, true) => PluginState.Failed,
            _ => PluginState.NotLoaded,
        };
}
