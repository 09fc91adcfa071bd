namespace Plugins.Host.Catalog;

/// <summary>What becomes of calls of a plugin in a catalog.</summary>
public enum PluginState
{
    /// <summary>Nothing is loaded yet; the first call loads it.</summary>
    NotLoaded = 0,

    /// <summary>A version serves calls.</summary>
    Active = 1,

    /// <summary>No version could be loaded; calls are refused until a reload succeeds.</summary>
    Failed = 2,

    /// <summary>An operator has disabled it; calls are refused.</summary>
    Disabled = 3,

    /// <summary>The catalog has stopped; calls are refused.</summary>
    Stopped = 4,
}
