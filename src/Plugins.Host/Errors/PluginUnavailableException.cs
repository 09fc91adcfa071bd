using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>A catalog has no version of a plugin to call.</summary>
/// <remarks>No guest code ran. Immutable.</remarks>
public sealed class PluginUnavailableException : PluginException
{
    internal PluginUnavailableException(
        string name, PluginUnavailableReason reason, string? location = null, Exception? innerException = null)
        : base(
            PluginErrorCode.Unavailable,
            FailureSite.Load(null) with { Name = name },
            Compose(reason, location, innerException),
            innerException)
    {
        Name = name;
        Reason = reason;
    }

    /// <summary>The plugin's name in the catalog.</summary>
    public string Name { get; }

    /// <summary>Why there is none.</summary>
    public PluginUnavailableReason Reason { get; }

    private static string Compose(PluginUnavailableReason reason, string? location, Exception? cause) => reason switch
    {
        PluginUnavailableReason.Disabled => "it is disabled.",
        PluginUnavailableReason.Stopped => "the application is shutting down.",
        _ => $"it could not be loaded from '{VisibleText.Escape(location ?? "?", VisibleText.MaximumMessageLength)}'. "
            + cause?.Message,
    };
}
