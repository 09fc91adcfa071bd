using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plugins.Conventions.Tests.Sources;

/// <summary>What the rules ask of a piece of syntax.</summary>
internal static class SyntaxFacts
{
    extension(SyntaxNode node)
    {
        /// <summary>The line the node begins on, counted from 1, its documentation left out.</summary>
        public int Line => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

        public int LineCount => node.GetLocation().GetLineSpan() is var span
            ? span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            : 0;

        public bool IsTopLevel => node.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax;
    }

    extension(MemberDeclarationSyntax member)
    {
        public bool Has(SyntaxKind modifier) => member.Modifiers.Any(modifier);

        /// <summary>
        /// The name of a type, delegate, method, property or constructor; the keyword of other members.
        /// </summary>
        public string Name => member switch
        {
            BaseTypeDeclarationSyntax type => type.Identifier.Text,
            DelegateDeclarationSyntax type => type.Identifier.Text,
            MethodDeclarationSyntax method => method.Identifier.Text,
            PropertyDeclarationSyntax property => property.Identifier.Text,
            ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
            _ => member.Kind().ToString(),
        };
    }
}
