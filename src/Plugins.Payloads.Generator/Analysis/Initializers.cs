using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Tells whether constructing an object can give a member anything but its type's default value.</summary>
internal static class Initializers
{
    /// <returns>False only when the source shows that nothing is assigned.</returns>
    public static bool MayRunFor(ISymbol member, IMethodSymbol? constructor) =>
        constructor is null || !AssignsNothing(constructor) || !IsWithoutInitializer(member);

    // Base constructors could assign too, so only types that derive from nothing are certain.
    private static bool AssignsNothing(IMethodSymbol constructor) =>
        constructor.ContainingType.BaseType?.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType
        && (constructor.IsImplicitlyDeclared || IsPrimary(constructor));

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax);

    private static bool IsWithoutInitializer(ISymbol member) =>
        !member.DeclaringSyntaxReferences.IsEmpty && member.DeclaringSyntaxReferences.All(IsWithoutInitializer);

    private static bool IsWithoutInitializer(SyntaxReference reference) => reference.GetSyntax() switch
    {
        PropertyDeclarationSyntax property => property.Initializer is null,
        VariableDeclaratorSyntax field => field.Initializer is null,
        _ => false,
    };
}
