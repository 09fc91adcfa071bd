using Plugins.Host.Catalog.Circuits;

namespace Plugins.Host.Catalog;

/// <summary>Options of a catalog.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record PluginCatalogOptions
{
    /// <summary>Makes options with the defaults.</summary>
    public PluginCatalogOptions()
    {
    }

    /// <summary>Time that a replaced version waits for its calls and leases before it is disposed.</summary>
    /// <value>A minute.</value>
    /// <remarks>Then calls that run go on to their own limits, and those that wait for a place fail.</remarks>
    public TimeSpan DrainPatience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Stops versions that keep failing, of plugins whose entry says nothing else.</summary>
    /// <value>Null: failing versions go on being called.</value>
    public PluginCircuitBreaker? CircuitBreaker { get; init; }

    /// <summary>Time that calls have to end when the application stops, before they are interrupted.</summary>
    /// <value>10 seconds; the application's own shutdown limit ends it as well.</value>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(10);
}
