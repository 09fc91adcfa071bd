using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The module exceeds one of the <see cref="PluginHostOptions.ModuleLimits"/>.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginModuleLimitException : PluginException
{
    internal PluginModuleLimitException(
        PluginId? plugin, string limit, long allowed, long actual, int? offset = null, Exception? inner = null)
        : base(
            PluginErrorCode.ModuleLimit,
            FailureSite.Load(plugin),
            $"the module has {actual} {VisibleText.Name(limit)}, where {allowed} are allowed.",
            inner)
    {
        Limit = limit;
        Allowed = allowed;
        Actual = actual;
        Offset = offset;
    }

    /// <summary>The name of the property of <see cref="Plugins.Wasm.ModuleLimits"/> that was exceeded.</summary>
    public string Limit { get; }

    /// <summary>The limit's value.</summary>
    public long Allowed { get; }

    /// <summary>The module's size, or the first number past the limit.</summary>
    public long Actual { get; }

    /// <summary>Offset in the module at which it was found, in bytes, if known.</summary>
    public int? Offset { get; }
}
