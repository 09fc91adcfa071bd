namespace Plugins.Host.Catalog;

/// <summary>What came of a reload.</summary>
public enum PluginReloadOutcome
{
    /// <summary>Another version serves calls now.</summary>
    Replaced = 0,

    /// <summary>The version was refused, and the one before it still serves, if there was one.</summary>
    Failed = 1,

    /// <summary>There was nothing to go back to.</summary>
    NothingBefore = 2,

    /// <summary>The catalog has stopped.</summary>
    Stopped = 3,
}
