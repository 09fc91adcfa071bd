using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The signature, its key or what it covers is not acceptable; nothing of the plugin was used.</summary>
/// <remarks>
/// Immutable. The <see cref="ManifestException"/> with the details, where there is one, is the inner exception.
/// </remarks>
public sealed class PluginSignatureException : PluginException
{
    internal PluginSignatureException(ManifestErrorCode reason, string detail, Exception? inner = null)
        : base(PluginErrorCode.Signature, FailureSite.Load(null), detail, inner) => Reason = reason;

    /// <summary>The check that refused it.</summary>
    public ManifestErrorCode Reason { get; }
}
