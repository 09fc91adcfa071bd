namespace Plugins.Pdk;

/// <summary>Names the JSON context that describes payload types, for a class or for the whole project.</summary>
/// <remarks>Immutable. A class's goes before the project's.</remarks>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PluginPayloadsAttribute : Attribute
{
    /// <summary>Names the context.</summary>
    /// <param name="context">A class that derives from <c>JsonSerializerContext</c>.</param>
    public PluginPayloadsAttribute(Type context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Context = context;
    }

    /// <summary>The context's type.</summary>
    public Type Context { get; }
}
