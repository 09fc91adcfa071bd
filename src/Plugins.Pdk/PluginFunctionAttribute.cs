namespace Plugins.Pdk;

/// <summary>Exports a static method as a function that the host can call.</summary>
/// <remarks>
/// Immutable. The method takes nothing, <c>ReadOnlySpan&lt;byte&gt;</c>, <c>byte[]</c>, <c>string</c> or a type of
/// yours, and returns nothing or one of them; a type of yours travels as JSON, see
/// <see cref="PluginPayloadsAttribute"/>. An exception becomes the failure of the call.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class PluginFunctionAttribute : Attribute
{
    /// <summary>Names the function.</summary>
    /// <param name="name">As the plugin's manifest lists it.</param>
    public PluginFunctionAttribute(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The name that the host calls it by.</summary>
    public string Name { get; }
}
