namespace Plugins.Pdk;

/// <summary>The severity of a log entry.</summary>
public enum LogLevel
{
    /// <summary>Detailed steps, for tracking down a fault.</summary>
    Trace,

    /// <summary>Information for the plugin's developer.</summary>
    Debug,

    /// <summary>Normal operation.</summary>
    Information,

    /// <summary>An unexpected condition that the plugin can handle.</summary>
    Warning,

    /// <summary>A failed operation.</summary>
    Error,

    /// <summary>A failure that the plugin cannot continue after.</summary>
    Critical,
}
