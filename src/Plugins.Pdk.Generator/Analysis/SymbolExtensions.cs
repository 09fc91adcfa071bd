using Microsoft.CodeAnalysis;

namespace Plugins.Pdk.Generator.Analysis;

internal static class SymbolExtensions
{
    /// <summary>How generated code, which has no usings, names a type.</summary>
    private static readonly SymbolDisplayFormat WholeName = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MetadataLikeName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static string ToCode(this ITypeSymbol type) => type.ToDisplayString(WholeName);

    /// <summary>The name to look a type up by: nested types after a plus sign.</summary>
    public static string ToMetadataName(this INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{outer.ToMetadataName()}+{type.MetadataName}"
        : (type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString() + ".")
            + type.MetadataName;

    public static bool Is(this ITypeSymbol? type, string name) =>
        type is not null && type.ToDisplayString(MetadataLikeName) == name;

    public static bool DerivesFrom(this ITypeSymbol type, string name)
    {
        for (ITypeSymbol? parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.Is(name))
            {
                return true;
            }
        }

        return false;
    }

    public static IEnumerable<AttributeData> AttributesOf(this ISymbol symbol, string name) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass.Is(name));

    public static object? FirstArgument(this AttributeData attribute) =>
        attribute.ConstructorArguments is { IsEmpty: false } arguments && arguments[0].Kind != TypedConstantKind.Array
            ? arguments[0].Value
            : null;

    /// <summary>The types around a symbol, innermost first.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesAround(this ISymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            yield return type;
        }
    }

    /// <summary>Whether other code of the same assembly may name it.</summary>
    public static bool IsReachable(this ISymbol symbol) => symbol.DeclaredAccessibility
        is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal
        && symbol is not INamedTypeSymbol { IsFileLocal: true };
}
