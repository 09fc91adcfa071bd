using Microsoft.CodeAnalysis;

namespace Plugins.Conventions.Tests.Assemblies;

/// <summary>The members of a type that its users see, those the compiler makes up left out.</summary>
internal static class PublicMembers
{
    public static IEnumerable<ISymbol> Of(INamedTypeSymbol type) => type.TypeKind is TypeKind.Delegate
        ? []
        : type.GetMembers().Where(member => IsSeen(member) && IsWritten(member));

    private static bool IsSeen(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public
        || (member.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal
            && !member.ContainingType.IsSealed);

    private static bool IsWritten(ISymbol member) => member switch
    {
        INamedTypeSymbol => false,
        IMethodSymbol { AssociatedSymbol: not null } => false,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [], ContainingType.IsValueType: true } => false,
        IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [] } => true,
        IFieldSymbol { Name: "value__" } => false,
        _ => !member.IsImplicitlyDeclared && !IsGenerated(member) && !IsCopyConstructor(member),
    };

    private static bool IsGenerated(ISymbol member) =>
        member.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "CompilerGeneratedAttribute");

    private static bool IsCopyConstructor(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [var only] }
        && member.ContainingType.IsRecord
        && SymbolEqualityComparer.Default.Equals(only.Type, member.ContainingType);
}
