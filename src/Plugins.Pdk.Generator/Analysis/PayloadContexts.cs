using Microsoft.CodeAnalysis;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Finds the contexts that may describe a method's payloads.</summary>
internal static class PayloadContexts
{
    /// <summary>The contexts of a format that the nearest type names which names any, or the assembly.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Around(ISymbol method, PayloadFormatNames format) => Owners(method)
        .Select(owner => NamedBy(owner).Where(context => context.DerivesFrom(format.Context)).ToArray())
        .FirstOrDefault(contexts => contexts.Length > 0) ?? [];

    /// <summary>The types that are named as contexts and are none.</summary>
    public static IEnumerable<INamedTypeSymbol> Unusable(ISymbol method) => Owners(method)
        .SelectMany(NamedBy)
        .Where(context => !PayloadFormatNames.All.Any(format => context.DerivesFrom(format.Context)));

    public static bool Describes(INamedTypeSymbol context, PayloadFormatNames format, ITypeSymbol type) => context
        .AttributesOf(format.TypeAttribute)
        .Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.FirstArgument() as ITypeSymbol, type));

    private static IEnumerable<ISymbol> Owners(ISymbol method) =>
        [.. method.TypesAround(), method.ContainingAssembly];

    private static IEnumerable<INamedTypeSymbol> NamedBy(ISymbol owner) => owner
        .AttributesOf(KnownNames.PluginPayloads)
        .Select(attribute => attribute.FirstArgument())
        .OfType<INamedTypeSymbol>();
}
