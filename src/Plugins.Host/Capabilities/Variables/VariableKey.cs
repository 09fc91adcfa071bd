using Plugins.Manifest;
using Plugins.Manifest.Text;

namespace Plugins.Host.Capabilities.Variables;

/// <summary>The key of one variable; each tenant and each plugin has variables of its own.</summary>
/// <param name="Tenant">The tenant of the call, or null for the application itself.</param>
/// <param name="Owner">The plugin, whatever its version, as <see cref="OwnerOf"/> names it.</param>
/// <param name="Name">The guest's key: UTF-8 text of 1 to 256 bytes.</param>
/// <remarks>
/// Immutable. The name is the guest's text: escape it before you build a path from it. <see cref="ToString"/> is
/// harmless to terminals and logs.
/// </remarks>
public readonly record struct VariableKey(string? Tenant, string Owner, string Name)
{
    /// <summary>Names a plugin as the owner of variables.</summary>
    /// <param name="plugin">The plugin's id.</param>
    /// <param name="isSigned">True if it was loaded with a verified signature.</param>
    /// <returns>
    /// The id, or <c>unsigned:</c> and the id: who signs nothing may choose any id, and gets no variables of the plugin
    /// that has it by right.
    /// </returns>
    public static string OwnerOf(PluginId plugin, bool isSigned)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        return isSigned ? plugin.ToString() : $"unsigned:{plugin}";
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{VisibleText.Name(Tenant ?? "(application)")} {VisibleText.Name(Owner ?? "")} {VisibleText.Name(Name ?? "")}";
}
