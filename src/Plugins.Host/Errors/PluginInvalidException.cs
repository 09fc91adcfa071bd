using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The plugin's module decodes, and breaks a rule of WebAssembly validation.</summary>
/// <remarks>Immutable. The engine's exception is the inner exception.</remarks>
public sealed class PluginInvalidException : PluginException
{
    internal PluginInvalidException(PluginId plugin, string reason, int? offset, Exception inner)
        : base(PluginErrorCode.InvalidModule, FailureSite.Load(plugin), reason, inner) => Offset = offset;

    /// <summary>Where the offending construct begins, in bytes from the start of the module, where known.</summary>
    public int? Offset { get; }
}
