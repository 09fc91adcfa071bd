namespace Plugins.Pdk;

/// <summary>How much a log entry matters.</summary>
public enum LogLevel
{
    /// <summary>Every step, for tracking down a fault.</summary>
    Trace,

    /// <summary>For the plugin's developer.</summary>
    Debug,

    /// <summary>What the plugin does.</summary>
    Information,

    /// <summary>Something unexpected that the plugin copes with.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,

    /// <summary>The plugin cannot go on.</summary>
    Critical,
}
