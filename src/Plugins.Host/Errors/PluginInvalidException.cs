using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The plugin's module decodes but breaks a rule of WebAssembly validation.</summary>
/// <remarks>Immutable. The engine's exception is the inner exception.</remarks>
public sealed class PluginInvalidException : PluginException
{
    internal PluginInvalidException(PluginId plugin, string reason, int? offset, Exception inner)
        : base(
            PluginErrorCode.InvalidModule,
            FailureSite.Load(plugin),
            $"the module is invalid{FailureSite.InModule(offset)}: {reason}.",
            inner) => Offset = offset;

    /// <summary>Offset of the invalid construct in the module, in bytes, if known.</summary>
    public int? Offset { get; }
}
