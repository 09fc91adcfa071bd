namespace Plugins.Payloads;

/// <summary>Writes and reads a type, or one member, with a converter of the application's own.</summary>
/// <remarks>
/// Immutable. It is to MessagePack what <c>[JsonConverter]</c> is to JSON, and may stand beside that. The source
/// generator makes one converter for each context, with the constructor without parameters.
/// </remarks>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface
        | AttributeTargets.Property | AttributeTargets.Field,
    Inherited = false)]
public sealed class PayloadConverterAttribute : Attribute
{
    /// <summary>Names the converter.</summary>
    /// <param name="type">A class that derives from <see cref="PayloadConverter{T}"/> of the type or member.</param>
    public PayloadConverterAttribute(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Type = type;
    }

    /// <summary>The converter's class.</summary>
    public Type Type { get; }
}
