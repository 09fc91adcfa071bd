using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Finds and checks <c>[PayloadConverter]</c>, the application's own way to write a type or member.</summary>
internal sealed class CustomConverters(AnalysisScope scope)
{
    public static bool IsOn(ISymbol symbol) => symbol.HasAttribute(AttributeNames.CustomConverter);

    /// <returns>The converter's class; null when it cannot be used, which was reported.</returns>
    public INamedTypeSymbol? Find(ISymbol symbol, ITypeSymbol type)
    {
        var converter = symbol.FindAttribute(AttributeNames.CustomConverter)?.Argument(0) as INamedTypeSymbol;
        string? fault = converter is null ? "no class is named" : FaultOf(converter, type);
        if (fault is null)
        {
            return converter;
        }

        scope.Report(
            PayloadRules.UnsupportedAttribute, symbol, "[PayloadConverter]", symbol.ToDisplayString(), fault);
        return null;
    }

    private string? FaultOf(INamedTypeSymbol converter, ITypeSymbol type) => converter switch
    {
        _ when !converter.BaseTypes().Any(parent => IsConverterOf(parent, type)) =>
            $"'{converter.ToDisplayString()}' does not derive from PayloadConverter<{type.ToDisplayString()}>",
        { IsAbstract: true } => $"'{converter.ToDisplayString()}' is abstract",
        _ when !converter.InstanceConstructors.Any(IsUsable) =>
            $"'{converter.ToDisplayString()}' has no constructor without parameters that the context can reach",
        _ => null,
    };

    private static bool IsConverterOf(INamedTypeSymbol parent, ITypeSymbol type) =>
        parent.MetadataFullName() is AttributeNames.ConverterBase
        && SymbolEqualityComparer.Default.Equals(parent.TypeArguments[0], type);

    private bool IsUsable(IMethodSymbol constructor) => constructor.Parameters.IsEmpty && scope.CanReach(constructor);
}
