using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>
/// The manifest breaks the format, does not match the module, or asks for what this host does not have.
/// </summary>
/// <remarks>Immutable. A <see cref="ManifestException"/> that caused it is the inner exception.</remarks>
public sealed class PluginManifestException : PluginException
{
    internal PluginManifestException(PluginId? plugin, ManifestProblem problem, string detail, Exception? inner = null)
        : base(PluginErrorCode.Manifest, FailureSite.Load(plugin), detail, inner) => Problem = problem;

    /// <summary>The kind of fault in the manifest.</summary>
    public ManifestProblem Problem { get; }
}
