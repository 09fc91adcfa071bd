using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Plugins.Pdk.Generator.Pipeline;
using Plugins.Pdk.Generator.Shapes;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Finds the places that call a capability, which a WebAssembly module would import.</summary>
internal static class CapabilityUses
{
    /// <summary>A name that stands for a member: the only kind of node that is looked up.</summary>
    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is IdentifierNameSyntax
    {
        Parent: InvocationExpressionSyntax or MemberAccessExpressionSyntax or ArgumentSyntax or EqualsValueClauseSyntax,
    };

    public static EquatableArray<string> Find(GeneratorSyntaxContext context, CancellationToken cancellation) =>
        context.SemanticModel.GetSymbolInfo(context.Node, cancellation).Symbol
            is { } symbol and not INamespaceOrTypeSymbol
            ? Of(symbol).ToEquatableArray()
            : default;

    private static IEnumerable<string> Of(ISymbol symbol) => symbol
        .AttributesOf(KnownNames.UsesCapability)
        .Concat(symbol.AttributesOf(KnownNames.HostFunction))
        .Select(attribute => attribute.FirstArgument())
        .OfType<string>();
}
