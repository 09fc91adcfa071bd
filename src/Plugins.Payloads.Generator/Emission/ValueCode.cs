using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Emission;

/// <summary>Expressions and statements that read and write a member's value.</summary>
internal static class ValueCode
{
    public static string Read(ValueShape value)
    {
        string read = value.Primitive is PrimitiveShape primitive
            ? (primitive.Underlying is null ? "" : $"({value.TypeName})") + $"reader.{primitive.Read}()"
            : $"{value.Converter}.Read(ref reader)";
        return value.Nulls is NullForm.NullableValue or NullForm.NullableReference
            ? $"reader.TryReadNil() ? null : {read}"
            : read;
    }

    /// <param name="value">Its shape.</param>
    /// <param name="expression">Where to take it from.</param>
    /// <param name="name">What an exception calls the member.</param>
    public static string WriteOrRefuse(ValueShape value, string expression, string name) =>
        Write(value, value.Nulls is NullForm.Reference ? $"{expression} ?? {Refusal(name)}" : expression);

    public static string Refusal(string name) => $"throw writer.Refuse({Library.Problem}UnexpectedNull, {name})";

    public static string Write(ValueShape value, string expression) => value.Primitive switch
    {
        { Underlying: null } primitive => $"writer.{primitive.Write}({expression});",
        { } primitive => $"writer.{primitive.Write}(({primitive.Underlying}){expression});",
        null => $"{value.Converter}.Write(ref writer, {expression});",
    };
}
