using Plugins.Manifest;

namespace Plugins.Host.Capabilities.Variables;

/// <summary>Names one variable; each tenant and each plugin has variables of its own.</summary>
/// <param name="Tenant">The tenant of the call, or null for the application itself.</param>
/// <param name="Plugin">The plugin, whatever its version.</param>
/// <param name="Name">The guest's key: UTF-8 text of 1 to 256 bytes.</param>
/// <remarks>Immutable. The name is the guest's text: escape it before you show it or build a path from it.</remarks>
public readonly record struct VariableKey(string? Tenant, PluginId Plugin, string Name);
