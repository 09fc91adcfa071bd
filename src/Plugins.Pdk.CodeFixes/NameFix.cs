using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plugins.Pdk.CodeFixes;

/// <summary>Replaces names that cannot be exported or imported by the nearest that can.</summary>
/// <remarks>Safe for use by many threads; the editor makes it.</remarks>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class NameFix : CodeFixProvider
{
    private const string InvalidName = "PLG007";
    private const string InvalidCapability = "PLG013";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [InvalidName, InvalidCapability];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            AttributeSyntax? attribute = root?.FindNode(diagnostic.Location.SourceSpan)
                .FirstAncestorOrSelf<AttributeSyntax>();
            ExpressionSyntax? argument = attribute?.ArgumentList?.Arguments.FirstOrDefault()?.Expression;
            if (root is null || attribute is null || argument is not LiteralExpressionSyntax literal)
            {
                continue;
            }

            string name = NewName(attribute, literal.Token.ValueText, diagnostic.Id == InvalidCapability);
            string title = $"Name it \"{name}\"";
            Document Fixed() => context.Document.WithSyntaxRoot(root.ReplaceNode(literal, Literal(name, literal)));
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(Fixed()), nameof(NameFix)),
                diagnostic);
        }
    }

    private static LiteralExpressionSyntax Literal(string name, LiteralExpressionSyntax old) => SyntaxFactory
        .LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name))
        .WithTriviaFrom(old);

    // What is written is kept as far as it goes; where nothing of it can be kept, the method's name stands in.
    private static string NewName(SyntaxNode attribute, string written, bool isCapability)
    {
        IEnumerable<string> parts = written.Split('.').Select(SnakeCase.From).Where(part => part.Length > 0);
        string name = string.Join(isCapability ? "." : "_", parts);
        string method = attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText ?? "function";
        return name is "" or "memory" or "initialize" or "start" ? SnakeCase.From(method) : name;
    }
}
