using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>The application gives no value for a setting that the manifest requires.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginConfigurationException : PluginException
{
    internal PluginConfigurationException(PluginId plugin, string key)
        : base(
            PluginErrorCode.Configuration,
            FailureSite.Load(plugin),
            $"the required setting '{VisibleText.Name(key)}' has no value.") =>
        Key = key;

    /// <summary>The setting's key.</summary>
    public string Key { get; }
}
