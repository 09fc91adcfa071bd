namespace Plugins.Pdk.Runtime;

/// <summary>Names the capability that a member calls, so that a plugin's description can list it.</summary>
/// <remarks>Immutable. A library that wraps capabilities for plugins puts it on its own members.</remarks>
[AttributeUsage(
    AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Constructor,
    AllowMultiple = true,
    Inherited = false)]
public sealed class UsesCapabilityAttribute : Attribute
{
    /// <summary>Names the capability.</summary>
    /// <param name="capability">As the manifest's permissions and docs/abi.md name it.</param>
    public UsesCapabilityAttribute(string capability)
    {
        ArgumentNullException.ThrowIfNull(capability);
        Capability = capability;
    }

    /// <summary>The capability's name.</summary>
    public string Capability { get; }
}
