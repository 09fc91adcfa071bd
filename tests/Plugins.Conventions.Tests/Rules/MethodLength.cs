using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Conventions.Tests.Sources;

namespace Plugins.Conventions.Tests.Rules;

/// <summary>The body of a method, accessor or local function has at most 60 lines.</summary>
public sealed class MethodLength : Rule
{
    internal override IEnumerable<Violation> Check(IReadOnlyList<SourceFile> files) =>
        from file in files
        where file.IsCSharp
        from node in file.Syntax.DescendantNodes()
        let body = BodyOf(node)
        where body is not null && body.LineCount > 60
        select new Violation(file.Path, NameOf(node), $"a body of {body.LineCount} lines");

    private static SyntaxNode? BodyOf(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body ?? (SyntaxNode?)method.ExpressionBody,
        AccessorDeclarationSyntax accessor => accessor.Body ?? (SyntaxNode?)accessor.ExpressionBody,
        LocalFunctionStatementSyntax function => function.Body ?? (SyntaxNode?)function.ExpressionBody,
        PropertyDeclarationSyntax property => property.ExpressionBody,
        _ => null,
    };

    private static string NameOf(SyntaxNode node) => node switch
    {
        MemberDeclarationSyntax member => member.Name,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Name ?? "",
    };
}
