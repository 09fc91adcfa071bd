using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>A version of a plugin has failed so often that its calls are refused for a while.</summary>
/// <remarks>No guest code ran. Immutable.</remarks>
public sealed class PluginCircuitException : PluginException
{
    internal PluginCircuitException(in FailureSite site, SemanticVersion version, TimeSpan retryAfter)
        : base(
            PluginErrorCode.CircuitOpen,
            site,
            $"version {version} keeps failing, and its calls are refused for a while.")
    {
        Version = version;
        RetryAfter = retryAfter;
    }

    /// <summary>The version that fails.</summary>
    public SemanticVersion Version { get; }

    /// <summary>Time after which a call tries the version again.</summary>
    public TimeSpan RetryAfter { get; }
}
