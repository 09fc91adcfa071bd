namespace Plugins.Host.Catalog.Circuits;

/// <summary>Whether calls of a version are let through.</summary>
public enum PluginCircuitState
{
    /// <summary>All are.</summary>
    Closed = 0,

    /// <summary>None is, until the break is over.</summary>
    Open = 1,

    /// <summary>One is, to see whether it succeeds.</summary>
    HalfOpen = 2,
}
