using System.Collections.Immutable;
using Plugins.Manifest;
using Plugins.Manifest.Permissions;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>A required permission is not granted; the message names it and the layer that denied it.</summary>
/// <remarks>Immutable.</remarks>
public sealed class PluginGrantException : PluginException
{
    internal PluginGrantException(PluginId plugin, ImmutableArray<PermissionDecision> missing)
        : base(PluginErrorCode.Grant, FailureSite.Load(plugin), string.Join("; ", missing) + ".")
    {
        Missing = missing;
        Permission = missing[0].Request.Name;
        Layer = missing[0].Restrictions[0].Layer;
    }

    internal PluginGrantException(PluginId plugin, string permission)
        : base(
            PluginErrorCode.Grant,
            FailureSite.Load(plugin),
            $"{VisibleText.Name(permission)} (required): no capability of this application offers it.")
    {
        Missing = [];
        Permission = permission;
    }

    /// <summary>The missing permission; the first if there are several.</summary>
    public string Permission { get; }

    /// <summary>The first layer that denied or narrowed <see cref="Permission"/>.</summary>
    /// <value>Null when no capability that needs the permission is registered at all.</value>
    public PermissionLayer? Layer { get; }

    /// <summary>Every required permission that was denied or narrowed, with the layers that did.</summary>
    /// <value>Empty when no capability offers the permission.</value>
    public ImmutableArray<PermissionDecision> Missing { get; }
}
