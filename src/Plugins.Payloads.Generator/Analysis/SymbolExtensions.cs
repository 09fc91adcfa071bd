using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Questions about symbols, and their names as generated code spells them.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat Annotated = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);


    /// <summary>With <c>global::</c> and the nullability of its arguments, but not its own.</summary>
    public static string Spelled(this ITypeSymbol type) =>
        type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Annotated);

    /// <summary>The type with neither its own nullability nor that of its arguments: what the runtime knows.</summary>
    public static string RuntimeName(this ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Namespace and name without arguments, such as <c>System.Collections.Generic.List`1</c>.</summary>
    public static string MetadataFullName(this ITypeSymbol type) =>
        type.ContainingType is null && type.ContainingNamespace is { IsGlobalNamespace: false } space
            ? space.ToDisplayString() + "." + type.MetadataName
            : type.MetadataName;

    public static string Identifier(this ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) is SyntaxKind.None ? symbol.Name : "@" + symbol.Name;

    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.ToDisplayString() == fullName);

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.FindAttribute(fullName) is not null;

    public static object? Argument(this AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index ? attribute.ConstructorArguments[index].Value : null;

    public static object? Named(this AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    public static bool CanBeNull(this ITypeSymbol type) =>
        type.IsReferenceType || type.OriginalDefinition.SpecialType is SpecialType.System_Nullable_T;

    /// <summary>What a <see cref="Nullable{T}"/> is about; any other type itself.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;

    public static IEnumerable<INamedTypeSymbol> BaseTypes(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }
}
