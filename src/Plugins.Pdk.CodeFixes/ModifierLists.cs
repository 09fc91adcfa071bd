using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plugins.Pdk.CodeFixes;

/// <summary>Adds and removes modifiers, with the trivia that readers expect around them.</summary>
internal static class ModifierLists
{
    public static T WithModifier<T>(this T member, SyntaxKind kind)
        where T : MemberDeclarationSyntax
    {
        if (member.Modifiers.Any(kind))
        {
            return member;
        }

        if (member.Modifiers.Count == 0)
        {
            SyntaxToken first = MemberStart(member);
            SyntaxToken only = SyntaxFactory.Token(first.LeadingTrivia, kind, SyntaxFactory.TriviaList(Space));
            var bare = (T)member.ReplaceToken(first, first.WithLeadingTrivia());
            return (T)bare.WithModifiers(SyntaxFactory.TokenList(only));
        }

        // 'partial' comes last; 'static' comes before it and after everything else.
        int index = kind == SyntaxKind.PartialKeyword ? -1 : member.Modifiers.IndexOf(SyntaxKind.PartialKeyword);
        SyntaxToken token = SyntaxFactory.Token(default, kind, SyntaxFactory.TriviaList(Space));
        return (T)member.WithModifiers(index < 0 ? member.Modifiers.Add(token) : member.Modifiers.Insert(index, token));
    }

    public static MethodDeclarationSyntax WithoutModifier(this MethodDeclarationSyntax method, SyntaxKind kind)
    {
        int index = method.Modifiers.IndexOf(kind);
        return index < 0 ? method : method.WithModifiers(method.Modifiers.RemoveAt(index));
    }

    private static SyntaxTrivia Space => SyntaxFactory.Space;

    // Attributes stand before the modifiers, what comes next after them.
    private static SyntaxToken MemberStart(MemberDeclarationSyntax member) => member switch
    {
        MethodDeclarationSyntax method => method.ReturnType.GetFirstToken(),
        TypeDeclarationSyntax type => type.Keyword,
        _ => member.GetFirstToken(),
    };
}
