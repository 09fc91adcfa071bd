namespace Plugins.Manifest.Signing;

/// <summary>The plugin was signed for other applications or tenants.</summary>
/// <remarks>Immutable once thrown.</remarks>
public sealed class WrongAudienceException : ManifestException
{
    /// <summary>Composes the message.</summary>
    /// <param name="plugin">The signed plugin.</param>
    /// <param name="audience">Whom it is meant for.</param>
    public WrongAudienceException(PluginId plugin, IReadOnlyList<string> audience)
        : base(ManifestErrorCode.WrongAudience, $"{plugin} is meant only for {string.Join(", ", audience)}.")
    {
        Plugin = plugin;
        Audience = audience;
    }

    /// <summary>The signed plugin.</summary>
    public PluginId Plugin { get; }

    /// <summary>The audience it is meant for.</summary>
    public IReadOnlyList<string> Audience { get; }
}
