using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The plugin's module uses a feature of WebAssembly that the host's engine lacks.</summary>
/// <remarks>Immutable. The message says how to do without; the engine's exception is the inner exception.</remarks>
public sealed class PluginUnsupportedFeatureException : PluginException
{
    internal PluginUnsupportedFeatureException(
        PluginId plugin, string feature, string reason, int? offset, int? functionIndex, Exception inner)
        : base(
            PluginErrorCode.UnsupportedFeature,
            FailureSite.Load(plugin),
            $"the engine lacks the feature {VisibleText.Name(feature)}"
            + $"{FailureSite.InModule(offset, functionIndex)}: {reason}",
            inner)
    {
        Feature = feature;
        Offset = offset;
        FunctionIndex = functionIndex;
    }

    /// <summary>The feature by the name that toolchains and manifests use, such as <c>simd128</c>.</summary>
    public string Feature { get; }

    /// <summary>Offset of its use in the module, in bytes, if known.</summary>
    public int? Offset { get; }

    /// <summary>The function that uses it, imported functions counted.</summary>
    /// <value>Null outside of function bodies, or where the engine does not know.</value>
    public int? FunctionIndex { get; }
}
