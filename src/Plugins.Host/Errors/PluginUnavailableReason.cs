namespace Plugins.Host.Errors;

/// <summary>Why a catalog has no version of a plugin to call.</summary>
public enum PluginUnavailableReason
{
    /// <summary>No version could be loaded; the inner exception says why.</summary>
    LoadFailed = 0,

    /// <summary>An operator has disabled it.</summary>
    Disabled = 1,

    /// <summary>The application is shutting down.</summary>
    Stopped = 2,
}
