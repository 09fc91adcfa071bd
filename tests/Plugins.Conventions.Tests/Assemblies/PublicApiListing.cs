using System.Text;
using Microsoft.CodeAnalysis;

namespace Plugins.Conventions.Tests.Assemblies;

/// <summary>Writes the public API of an assembly as text that a change shows up in, line by line.</summary>
internal static class PublicApiListing
{
    private static readonly SymbolDisplayFormat Format = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameOnly,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeAccessibility
            | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef,
        SymbolDisplayDelegateStyle.NameAndSignature,
        SymbolDisplayExtensionMethodStyle.StaticMethod,
        SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        SymbolDisplayLocalOptions.None,
        SymbolDisplayKindOptions.IncludeTypeKeyword,
        SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
            | SymbolDisplayMiscellaneousOptions.AllowDefaultLiteral);

    public static string Write(ProductAssembly assembly)
    {
        var text = new StringBuilder();
        string space = "";
        foreach (INamedTypeSymbol type in assembly.PublicTypes)
        {
            string own = type.ContainingNamespace.ToDisplayString();
            text.Append(own == space ? "" : $"namespace {own}\n").Append(Declaration(type)).Append('\n');
            space = own;
            foreach (string member in PublicMembers.Of(type).Select(Declaration).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Declaration(ISymbol symbol)
    {
        string text = symbol.ToDisplayString(Format);
        return symbol is INamedTypeSymbol type ? Modifiers(type) + text + Bases(type) : text;
    }

    // The display format writes modifiers of members, but not of types.
    private static string Modifiers(INamedTypeSymbol type) => "public " + type switch
    {
        { TypeKind: TypeKind.Struct } => (type.IsReadOnly ? "readonly " : "") + (type.IsRefLikeType ? "ref " : ""),
        { TypeKind: not TypeKind.Class } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        { IsSealed: true } => "sealed ",
        _ => "",
    };

    private static string Bases(INamedTypeSymbol type)
    {
        if (type.TypeKind is TypeKind.Enum or TypeKind.Delegate)
        {
            return "";
        }

        INamedTypeSymbol? parent = type.BaseType?.SpecialType is null or SpecialType.System_Object
            or SpecialType.System_ValueType ? null : type.BaseType;
        var interfaces = type.Interfaces.Where(face => !IsRecordEquality(type, face));
        string[] names = [.. Plain(parent), .. interfaces.SelectMany(Plain)];
        return names.Length == 0 ? "" : " : " + string.Join(", ", names);
    }

    private static IEnumerable<string> Plain(INamedTypeSymbol? type) =>
        type is null ? [] : [type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)];

    private static bool IsRecordEquality(INamedTypeSymbol type, INamedTypeSymbol face) =>
        type.IsRecord && face.Name is "IEquatable";
}
