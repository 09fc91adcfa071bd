namespace Plugins.Host.Errors;

/// <summary>When a plugin failed.</summary>
public enum PluginPhase
{
    /// <summary>While it was verified, granted, compiled and linked; no guest code had run.</summary>
    Load = 0,

    /// <summary>While an instance was brought up: segments, start function, <c>_initialize</c>.</summary>
    Initialization = 1,

    /// <summary>While one of its functions was called.</summary>
    Call = 2,
}
