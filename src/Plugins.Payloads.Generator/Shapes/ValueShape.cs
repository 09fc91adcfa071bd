namespace Plugins.Payloads.Generator.Shapes;

/// <summary>How a value of a member is written and read.</summary>
/// <param name="TypeName">The type without nullability at its top.</param>
/// <param name="Converter">The expression of the converter.</param>
/// <param name="Primitive">The methods to call instead, where reader and writer have them.</param>
/// <param name="Nulls">What null means.</param>
internal sealed record ValueShape(string TypeName, string Converter, PrimitiveShape? Primitive, NullForm Nulls)
{
    /// <summary>The type as a variable has it.</summary>
    public string Declared => Nulls is NullForm.NullableValue or NullForm.NullableReference ? TypeName + "?" : TypeName;

    public bool CanBeNull => Nulls is not NullForm.Value;
}
