using Plugins.Host.Catalog.Circuits;
using Plugins.Host.Catalog.Sources;

namespace Plugins.Host.Catalog;

/// <summary>A plugin of a catalog: its name, where its versions come from, and what is asked of them.</summary>
/// <remarks>Immutable and safe for use by many threads, as far as the source and the delegate are.</remarks>
public sealed record CatalogEntry
{
    /// <summary>Makes an entry.</summary>
    /// <param name="name">The name that the application knows the plugin by.</param>
    /// <param name="source">Where its versions come from.</param>
    public CatalogEntry(string name, IPluginSource source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(source);
        Name = name;
        Source = source;
    }

    /// <summary>The name that the application knows the plugin by.</summary>
    public string Name { get; }

    /// <summary>Where its versions come from.</summary>
    public IPluginSource Source { get; }

    /// <summary>True to load it when the catalog starts; otherwise the first call loads it.</summary>
    /// <value>True.</value>
    public bool LoadAtStart { get; init; } = true;

    /// <summary>True if the catalog does not start without it.</summary>
    /// <value>True. An optional one that fails is tried again when its source changes, or by a reload.</value>
    public bool IsRequired { get; init; } = true;

    /// <summary>True to take new versions as the source tells of them.</summary>
    /// <value>True.</value>
    public bool Watch { get; init; } = true;

    /// <summary>True to start as after <see cref="CatalogPlugin.Pin"/>: no new version is taken.</summary>
    /// <value>False.</value>
    public bool IsPinned { get; init; }

    /// <summary>False to start as after <see cref="CatalogPlugin.Disable"/>: not loaded, calls refused.</summary>
    /// <value>True.</value>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Stops a version that keeps failing.</summary>
    /// <value>Null: as <see cref="PluginCatalogOptions.CircuitBreaker"/> says.</value>
    public PluginCircuitBreaker? CircuitBreaker { get; init; }

    /// <summary>Tries a version before it serves anybody; an exception refuses it.</summary>
    /// <value>Null: what loading checks is enough.</value>
    public Func<Plugin, CancellationToken, Task>? SmokeCall { get; init; }
}
