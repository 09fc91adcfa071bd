using Microsoft.CodeAnalysis;

namespace Plugins.Pdk.Generator.Analysis;

/// <summary>Finds the contexts that may describe a method's payloads.</summary>
internal static class PayloadContexts
{
    /// <summary>The contexts that the nearest type names which names any, or the assembly.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Around(ISymbol method) => Owners(method)
        .Select(owner => NamedBy(owner).Where(IsContext).ToArray())
        .FirstOrDefault(contexts => contexts.Length > 0) ?? [];

    /// <summary>The types that are named as contexts and are none.</summary>
    public static IEnumerable<INamedTypeSymbol> Unusable(ISymbol method) => Owners(method)
        .SelectMany(NamedBy)
        .Where(context => !IsContext(context));

    public static bool Describes(INamedTypeSymbol context, ITypeSymbol type) => context
        .AttributesOf(KnownNames.JsonSerializable)
        .Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.FirstArgument() as ITypeSymbol, type));

    private static bool IsContext(INamedTypeSymbol type) => type.DerivesFrom(KnownNames.JsonContext);

    private static IEnumerable<ISymbol> Owners(ISymbol method) =>
        [.. method.TypesAround(), method.ContainingAssembly];

    private static IEnumerable<INamedTypeSymbol> NamedBy(ISymbol owner) => owner
        .AttributesOf(KnownNames.PluginPayloads)
        .Select(attribute => attribute.FirstArgument())
        .OfType<INamedTypeSymbol>();
}
