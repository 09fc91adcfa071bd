using Plugins.Manifest;

namespace Plugins.Host.Errors;

/// <summary>The plugin's bytes are not a WebAssembly module in the binary format.</summary>
/// <remarks>Immutable. The engine's exception is the inner exception.</remarks>
public sealed class PluginMalformedException : PluginException
{
    internal PluginMalformedException(PluginId plugin, string reason, int? offset, Exception inner)
        : base(
            PluginErrorCode.MalformedModule,
            FailureSite.Load(plugin),
            $"the module is malformed{FailureSite.InModule(offset)}: {reason}.",
            inner) => Offset = offset;

    /// <summary>Offset at which decoding stopped, in bytes, if known.</summary>
    public int? Offset { get; }
}
