namespace Plugins.Host.Errors;

/// <summary>The stages of a plugin's life: loading, initialisation, calls.</summary>
public enum PluginPhase
{
    /// <summary>The plugin is verified, granted, compiled and linked; no guest code has run.</summary>
    Load = 0,

    /// <summary>An instance is initialised: segments, start function, <c>_initialize</c>.</summary>
    Initialization = 1,

    /// <summary>One of its functions runs.</summary>
    Call = 2,
}
