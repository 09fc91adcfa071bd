using Plugins.Manifest;
using Plugins.Manifest.Permissions;

namespace Plugins.Host.Loading;

/// <summary>Manifest details that a module does not state, for <see cref="DevelopmentManifest"/>.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed record DevelopmentManifestOptions
{
    /// <summary>Creates empty options.</summary>
    public DevelopmentManifestOptions()
    {
    }

    /// <summary>The plugin's id.</summary>
    /// <value><c>local/plugin</c>; <see cref="DevelopmentManifest.IdOf"/> makes one from a file's name.</value>
    public PluginId Id { get; init; } = DevelopmentManifest.IdOf(string.Empty);

    /// <summary>The application's grants; the manifest asks for <c>http.send</c> within their scope.</summary>
    /// <value>
    /// <see cref="PermissionCeiling.Nothing"/>. Without a scope of addresses, the manifest asks for one that does not
    /// exist, as no manifest may ask for all.
    /// </value>
    public PermissionCeiling Permissions { get; init; } = PermissionCeiling.Nothing;

    /// <summary>The keys of the settings that the manifest lists.</summary>
    /// <value>Empty.</value>
    public IReadOnlyCollection<string> ConfigKeys { get; init; } = [];

    /// <summary>Permissions of the application's functions that have another name than the function.</summary>
    internal IReadOnlyDictionary<string, string> FunctionPermissions { get; init; } =
        System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
}
