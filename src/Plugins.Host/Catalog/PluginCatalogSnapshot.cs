using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace Plugins.Host.Catalog;

/// <summary>All plugins of a catalog at one moment.</summary>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public sealed class PluginCatalogSnapshot
{
    internal PluginCatalogSnapshot(long revision, IEnumerable<PluginStatus> plugins, IChangeToken changeToken)
    {
        Revision = revision;
        Plugins = plugins.ToFrozenDictionary(plugin => plugin.Name, StringComparer.OrdinalIgnoreCase);
        ChangeToken = changeToken;
    }

    /// <summary>Number of the snapshot; each later one has a greater number.</summary>
    public long Revision { get; }

    /// <summary>The plugins by their names, whose case does not matter.</summary>
    public IReadOnlyDictionary<string, PluginStatus> Plugins { get; }

    /// <summary>Changes once there is a newer snapshot.</summary>
    public IChangeToken ChangeToken { get; }
}
