using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The manifest is malformed, does not match the module, or needs what this host lacks.</summary>
/// <remarks>Immutable. A <see cref="ManifestException"/> that caused it is the inner exception.</remarks>
public sealed class PluginManifestException : PluginException
{
    internal PluginManifestException(PluginId? plugin, ManifestProblem problem, string detail, Exception? inner = null)
        : base(PluginErrorCode.Manifest, FailureSite.Load(plugin), detail, inner) => Problem = problem;

    /// <summary>The kind of fault in the manifest.</summary>
    public ManifestProblem Problem { get; }
}
