namespace Plugins.Testing.InProcess;

/// <summary>An in-process plugin called a capability that its generated description does not list.</summary>
/// <remarks>
/// As WebAssembly it would be an import that needs a permission. Put <c>[UsesCapability]</c> on the library's member
/// that calls it, or list it in the <c>PluginModule</c> you pass. Immutable once thrown.
/// </remarks>
public sealed class UnlistedCapabilityException : InvalidOperationException
{
    internal UnlistedCapabilityException(string capability)
        : base($"The plugin calls {capability}, which its PluginModule does not list. "
            + "Put [UsesCapability] on the member that calls it, or list it in the PluginModule.") =>
        Capability = capability;

    /// <summary>The capability's name.</summary>
    public string Capability { get; }
}
