using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Plugins.Host.Clients;

/// <summary>Tells which class was written for an interface; only for generated code.</summary>
/// <remarks>So that it is found without a search, and kept when code is trimmed. Immutable.</remarks>
/// <param name="contract">The interface.</param>
/// <param name="implementation">The class, with a constructor that takes a plugin of a catalog.</param>
/// <param name="plugin">The plugin's name in the catalog.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PluginClientImplementationAttribute(
    Type contract,
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type implementation,
    string plugin) : Attribute
{
    /// <summary>The interface.</summary>
    public Type Contract { get; } = contract;

    /// <summary>The class.</summary>
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    public Type Implementation { get; } = implementation;

    /// <summary>The plugin's name in the catalog.</summary>
    public string Plugin { get; } = plugin;
}
