using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace Plugins.Pdk.CodeFixes;

/// <summary>Adds a payload type to the context that is to describe it.</summary>
/// <remarks>Safe for use by many threads; the editor makes it.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class ContextFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PLG010"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Project project = context.Document.Project;
        Compilation? compilation = await project.GetCompilationAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            ImmutableDictionary<string, string?> data = diagnostic.Properties;
            SyntaxReference? declaration = compilation?.GetTypeByMetadataName(data["Context"] ?? "")
                ?.DeclaringSyntaxReferences
                .Where(part => project.GetDocument(part.SyntaxTree) is not (null or SourceGeneratedDocument))
                .OrderByDescending(part => AttributeCount(part, context.CancellationToken))
                .FirstOrDefault();
            if (declaration is null)
            {
                continue;
            }

            string title = $"Describe it in {data["Context"]}";
            context.RegisterCodeFix(
                CodeAction.Create(title, token => FixAsync(project.Solution, declaration, data, token), title),
                diagnostic);
        }
    }

    // Of several parts, the one that describes other types already.
    private static int AttributeCount(SyntaxReference part, CancellationToken cancellation) =>
        part.GetSyntax(cancellation) is ClassDeclarationSyntax declaration ? declaration.AttributeLists.Count : -1;

    private static async Task<Solution> FixAsync(
        Solution solution,
        SyntaxReference declaration,
        ImmutableDictionary<string, string?> data,
        CancellationToken cancellation)
    {
        SyntaxNode node = await declaration.GetSyntaxAsync(cancellation).ConfigureAwait(false);
        SyntaxNode root = await declaration.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        DocumentId document = solution.GetDocument(declaration.SyntaxTree)!.Id;
        var context = (ClassDeclarationSyntax)node;
        ClassDeclarationSyntax described = context
            .WithoutLeadingTrivia()
            .AddAttributeLists(Attribute(data["Attribute"] ?? "", data["Type"] ?? ""))
            .WithLeadingTrivia(context.GetLeadingTrivia());
        return solution.WithDocumentSyntaxRoot(document, root.ReplaceNode(context, described));
    }

    private static AttributeListSyntax Attribute(string attribute, string type)
    {
        ExpressionSyntax argument = SyntaxFactory.TypeOfExpression(SyntaxFactory.ParseTypeName(type));
        return SyntaxFactory
            .AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(
                SyntaxFactory.ParseName(attribute),
                SyntaxFactory.AttributeArgumentList(
                    SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(argument))))))
            .WithTrailingTrivia(SyntaxFactory.LineFeed)
            .WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation);
    }
}
