using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Attributes of System.Text.Json that only make sense for JSON, or that need code of its own kind.</summary>
internal static class UnsupportedAttributes
{
    // Reading from and writing as strings; names of floating-point values change nothing, MessagePack has such numbers.
    private const int NumbersAsText = 1 | 2;
    private const int Populate = 1;

    /// <returns>The attribute as written, or null when all are understood.</returns>
    public static string? On(ISymbol symbol, out string reason)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            string? fault = Fault(symbol, attribute, out reason);
            if (fault is not null)
            {
                return fault;
            }
        }

        reason = "";
        return null;
    }

    /// <summary>
    /// Whether the attribute makes text of an enumeration, which is the one converter that is understood.
    /// </summary>
    public static bool IsEnumText(AttributeData converter) =>
        converter.Argument(0) is INamedTypeSymbol type && type.MetadataFullName() is AttributeNames.StringEnumConverter
            or AttributeNames.StringEnumConverter + "`1";

    private static bool IsEnum(ISymbol symbol)
    {
        ITypeSymbol? type = symbol switch
        {
            IPropertySymbol property => property.Type,
            IFieldSymbol field => field.Type,
            _ => symbol as ITypeSymbol,
        };
        return type?.WithoutNullable().TypeKind is TypeKind.Enum;
    }

    private static string? Fault(ISymbol symbol, AttributeData attribute, out string reason)
    {
        reason = "";
        switch (attribute.AttributeClass?.ToDisplayString())
        {
            case AttributeNames.Converter
                when !CustomConverters.IsOn(symbol) && !(IsEnumText(attribute) && IsEnum(symbol)):
                reason = "it converts JSON only; put [PayloadConverter] beside it";
                return "[JsonConverter]";
            case AttributeNames.Key when attribute.Argument(0) is < 0:
                reason = "a key is at least 0";
                return "[PayloadKey]";
            case AttributeNames.ExtensionData:
                reason = "declare a Dictionary<string, JsonElement> member, which is written under its own name";
                return "[JsonExtensionData]";
            case AttributeNames.NumberHandling when attribute.Argument(0) is int handling
                && (handling & NumbersAsText) != 0:
                reason = "numbers are numbers in MessagePack";
                return "[JsonNumberHandling]";
            case AttributeNames.ObjectCreation when attribute.Argument(0) is Populate:
                reason = "members are replaced, never added to";
                return "[JsonObjectCreationHandling]";
            default:
                return null;
        }
    }
}
