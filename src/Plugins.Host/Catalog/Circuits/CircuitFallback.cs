namespace Plugins.Host.Catalog.Circuits;

/// <summary>What becomes of the calls of a version that keeps failing.</summary>
public enum CircuitFallback
{
    /// <summary>They throw a <see cref="Errors.PluginCircuitException"/>.</summary>
    FailClosed = 0,

    /// <summary>They get <see cref="PluginCircuitBreaker.DefaultAnswer"/>.</summary>
    DefaultAnswer = 1,

    /// <summary>They go to the version before, loaded for that; until it serves, or without one, they throw.</summary>
    PreviousVersion = 2,
}
