namespace Plugins.Pdk.Generator.Shapes;

/// <summary>What a method takes or returns.</summary>
/// <param name="Kind">How it crosses.</param>
/// <param name="Type">The type of a payload, as generated code writes it.</param>
/// <param name="Context">The type of the context that describes the payload.</param>
/// <param name="AllowNull">Whether null is a value of the payload's type.</param>
internal sealed record ValueShape(
    ValueKind Kind,
    string Type = "",
    string Context = "",
    bool AllowNull = false)
{
    public static ValueShape None { get; } = new(ValueKind.None);
}
