using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A class of the product is sealed, abstract or static; a part may leave that to another part.</summary>
/// <remarks>One that is nested beside the classes derived from it, is open to those.</remarks>
public sealed class SealedClasses : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.IsProduct
        from type in file.Nodes<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax || type.IsKind(SyntaxKind.RecordDeclaration)
        group (file, type) by (file.Folder, type.Name, type.Arity) into parts
        where !parts.Any(part => IsClosed(part.type) || IsBaseOfNeighbour(part.type))
        select new Violation(parts.First().file.Path, parts.Key.Name, "neither sealed, abstract nor static");

    private static bool IsBaseOfNeighbour(TypeDeclarationSyntax type) =>
        type.Parent is TypeDeclarationSyntax outer
        && outer.Members.OfType<ClassDeclarationSyntax>().Any(neighbour =>
            neighbour.BaseList?.Types[0].Type is IdentifierNameSyntax name
            && name.Identifier.Text == type.Identifier.Text);

    private static bool IsClosed(TypeDeclarationSyntax type) =>
        type.Has(SyntaxKind.SealedKeyword)
        || type.Has(SyntaxKind.AbstractKeyword)
        || type.Has(SyntaxKind.StaticKeyword);
}
