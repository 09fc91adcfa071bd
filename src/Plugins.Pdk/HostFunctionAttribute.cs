namespace Plugins.Pdk;

/// <summary>Declares a static partial method that calls a function of the application.</summary>
/// <remarks>
/// Immutable. The method has the shapes of a <see cref="PluginFunctionAttribute"/>, seen from the other side, and may
/// return <see cref="HostReply"/>. It throws <see cref="HostCallException"/>. The plugin's manifest asks for the
/// permission that the application demands for it.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class HostFunctionAttribute : Attribute
{
    /// <summary>Names the function.</summary>
    /// <param name="name">The capability's name, such as <c>shop.price</c>.</param>
    public HostFunctionAttribute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The capability's name.</summary>
    public string Name { get; }
}
