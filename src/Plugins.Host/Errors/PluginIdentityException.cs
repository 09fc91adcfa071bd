using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The plugin or its version is not the one that the application expects.</summary>
/// <remarks>Immutable. Which plugin it is says <see cref="PluginException.Plugin"/>.</remarks>
public sealed class PluginIdentityException : PluginException
{
    internal PluginIdentityException(
        PluginId plugin, SemanticVersion version, PluginId expectedId, SemanticVersionRange? expectedVersion)
        : base(
            PluginErrorCode.Identity,
            FailureSite.Load(plugin),
            plugin == expectedId
                ? $"its version is {version}, where {expectedVersion} is expected."
                : $"the application expects {expectedId} here.")
    {
        Version = version;
        ExpectedId = expectedId;
        ExpectedVersion = expectedVersion;
    }

    /// <summary>The version that was found.</summary>
    public SemanticVersion Version { get; }

    /// <summary>The expected plugin.</summary>
    public PluginId ExpectedId { get; }

    /// <summary>The expected versions.</summary>
    /// <value>Null where any is accepted.</value>
    public SemanticVersionRange? ExpectedVersion { get; }
}
