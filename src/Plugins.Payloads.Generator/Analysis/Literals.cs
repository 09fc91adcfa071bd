using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Values and texts as C# source.</summary>
internal static class Literals
{
    /// <returns>The parameter's default value, or that of its type.</returns>
    public static string DefaultOf(IParameterSymbol parameter)
    {
        object? value = parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null;
        if (value is null)
        {
            return "default";
        }

        ITypeSymbol type = parameter.Type.WithoutNullable();
        return type.TypeKind is TypeKind.Enum ? $"({type.Spelled()})({Of(value)})" : Of(value);
    }

    public static string Text(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    private static string Of(object value) => value switch
    {
        float.NaN => "float.NaN",
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        double.NaN => "double.NaN",
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        float number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "F",
        double number => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "D",
        decimal number => number.ToString(System.Globalization.CultureInfo.InvariantCulture) + "M",
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };
}
