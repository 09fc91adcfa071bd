using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Plugins.Pdk.CodeFixes;

/// <summary>Gives methods the modifiers that functions need: static, reachable, partial without a body.</summary>
/// <remarks>Safe for use by many threads; the editor makes it.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ModifierFix : CodeFixProvider
{
    private const string NotStatic = "PLG001";
    private const string NotReachable = "PLG002";
    private const string NotPartial = "PLG012";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [NotStatic, NotReachable, NotPartial];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? node = root?.FindNode(diagnostic.Location.SourceSpan);
            if (node?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method)
            {
                continue;
            }

            string title = Title(diagnostic.Id);
            context.RegisterCodeFix(
                CodeAction.Create(title, token => FixAsync(context.Document, method, diagnostic.Id, token), title),
                diagnostic);
        }
    }

    private static string Title(string id) => id switch
    {
        NotStatic => "Make static",
        NotReachable => "Make internal",
        _ => "Make static partial",
    };

    private static async Task<Document> FixAsync(
        Document document, MethodDeclarationSyntax method, string id, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        switch (id)
        {
            case NotStatic:
                editor.ReplaceNode(method, (node, _) => Static((MethodDeclarationSyntax)node));
                break;
            case NotReachable:
                MakeReachable(editor, method);
                break;
            default:
                MakePartial(editor, method);
                break;
        }

        return editor.GetChangedDocument();
    }

    private static MethodDeclarationSyntax Static(MethodDeclarationSyntax method) =>
        method.WithModifier(SyntaxKind.StaticKeyword);

    private static void MakeReachable(DocumentEditor editor, MethodDeclarationSyntax method)
    {
        foreach (MemberDeclarationSyntax hidden in method.AncestorsAndSelf().OfType<MemberDeclarationSyntax>())
        {
            if (hidden is BaseNamespaceDeclarationSyntax || editor.SemanticModel.GetDeclaredSymbol(hidden) is not
                {
                    DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal
                        or Accessibility.ProtectedOrInternal),
                })
            {
                continue;
            }

            editor.SetAccessibility(hidden, Accessibility.Internal);
        }
    }

    private static void MakePartial(DocumentEditor editor, MethodDeclarationSyntax method)
    {
        foreach (TypeDeclarationSyntax type in method.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            editor.ReplaceNode(
                type, (node, _) => ((TypeDeclarationSyntax)node).WithModifier(SyntaxKind.PartialKeyword));
        }

        editor.ReplaceNode(method, (node, _) => WithoutBody(Static((MethodDeclarationSyntax)node)));
    }

    private static MethodDeclarationSyntax WithoutBody(MethodDeclarationSyntax method) => method
        .WithoutModifier(SyntaxKind.AsyncKeyword)
        .WithModifier(SyntaxKind.PartialKeyword)
        .WithParameterList(method.ParameterList.WithoutTrailingTrivia())
        .WithBody(null)
        .WithExpressionBody(null)
        .WithSemicolonToken(
            SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(method.GetTrailingTrivia()));
}
