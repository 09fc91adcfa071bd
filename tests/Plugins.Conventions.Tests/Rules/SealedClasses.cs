using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>A class of the product is sealed, abstract or static; a part may leave that to another part.</summary>
public sealed class SealedClasses : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp && file.IsProduct
        from type in file.Nodes<TypeDeclarationSyntax>()
        where type is ClassDeclarationSyntax || type.IsKind(SyntaxKind.RecordDeclaration)
        group (file, type) by (file.Folder, type.Name, type.Arity) into parts
        where !parts.Any(part => IsClosed(part.type))
        select new Violation(parts.First().file.Path, parts.Key.Name, "neither sealed, abstract nor static");

    private static bool IsClosed(TypeDeclarationSyntax type) =>
        type.Has(SyntaxKind.SealedKeyword)
        || type.Has(SyntaxKind.AbstractKeyword)
        || type.Has(SyntaxKind.StaticKeyword);
}
