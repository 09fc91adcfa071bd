namespace Plugins.Payloads;

/// <summary>Asks the source generator for the converter of a type and of all types it is made of.</summary>
/// <remarks>Immutable. On a <c>partial</c> class that derives from <see cref="PayloadContext"/>.</remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class PayloadSerializableAttribute : Attribute
{
    /// <summary>Names the type.</summary>
    /// <param name="type">A closed type: <c>typeof(Order)</c> or <c>typeof(List&lt;Order&gt;)</c>.</param>
    public PayloadSerializableAttribute(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
    }

    /// <summary>The type that becomes a payload.</summary>
    public Type Type { get; }
}
