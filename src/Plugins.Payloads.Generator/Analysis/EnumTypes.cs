using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Enumerations: numbers, unless <c>JsonStringEnumConverter</c> makes text of them.</summary>
internal static class EnumTypes
{
    private const string Library = "global::Plugins.Payloads.Converters.";

    public static bool IsText(ISymbol symbol) =>
        symbol.FindAttribute(AttributeNames.Converter) is AttributeData converter
            && UnsupportedAttributes.IsEnumText(converter);

    public static ComposedShape NumberConverter(INamedTypeSymbol type, string converterName) =>
        new(type.Spelled(), converterName, $"{Library}EnumNumberConverter<{type.Spelled()}>", new([]));

    /// <summary>The names are given to the converter as a table, so that it needs no reflection.</summary>
    public static ComposedShape TextConverter(INamedTypeSymbol type, string converterName)
    {
        string name = type.Spelled();
        IEnumerable<string> entries = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst)
            .Select(field => $"new({Literals.Text(NameOf(field))}, {name}.{field.Identifier()}),");
        string table = $"new global::System.Collections.Generic.KeyValuePair<string, {name}>[]\n{{\n    "
            + string.Join("\n    ", entries) + "\n}";
        string flags = type.HasAttribute("System.FlagsAttribute") ? "true" : "false";
        return new(
            name, converterName, $"{Library}EnumNameConverter<{name}>", new[] { table, flags }.ToEquatableArray());
    }

    private static string NameOf(IFieldSymbol field) =>
        field.FindAttribute(AttributeNames.StringEnumMemberName)?.Argument(0) as string ?? field.Name;
}
