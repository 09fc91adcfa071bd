using System.Globalization;
using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Reads <c>[JsonPolymorphic]</c> and <c>[JsonDerivedType]</c>.</summary>
internal sealed class PolymorphismAnalyzer(AnalysisScope scope, TypeGraph graph)
{
    private const string DefaultPropertyName = "$type";

    /// <returns>Null for a type that stands for itself only.</returns>
    public PolymorphismShape? Analyze(INamedTypeSymbol type)
    {
        AttributeData[] attributes = [.. type.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.ToDisplayString() is AttributeNames.DerivedType)];
        if (attributes.Length is 0)
        {
            return null;
        }

        AttributeData? options = type.FindAttribute(AttributeNames.Polymorphic);
        DerivedShape[] derived = [.. attributes.Select(attribute => DerivedOf(type, attribute)).OfType<DerivedShape>()];
        CheckDistinct(type, derived.Select(shape => shape.TypeName), "is listed twice");
        CheckDistinct(type, derived.Select(DiscriminatorOf).OfType<string>(), "is the discriminator of two types");
        return new PolymorphismShape(
            options?.Named("TypeDiscriminatorPropertyName") as string ?? DefaultPropertyName,
            derived.ToEquatableArray(),
            (DerivedFallback)(options?.Named("UnknownDerivedTypeHandling") as int? ?? 0),
            options?.Named("IgnoreUnrecognizedTypeDiscriminators") is true);
    }

    private DerivedShape? DerivedOf(INamedTypeSymbol type, AttributeData attribute)
    {
        string? fault = attribute.Argument(0) is not INamedTypeSymbol derived || derived.TypeKind is TypeKind.Error
            ? "one of them is not known"
            : FaultOf(type, derived);
        if (fault is not null)
        {
            scope.Report(PayloadRules.Polymorphism, type, type.ToDisplayString(), fault);
            return null;
        }

        var named = (INamedTypeSymbol)attribute.Argument(0)!;
        return new DerivedShape(
            named.Spelled(),
            graph.DerivedConverterOf(named),
            attribute.Argument(1) as string,
            attribute.Argument(1) as int?,
            named.BaseTypes().Count());
    }

    private string? FaultOf(INamedTypeSymbol type, INamedTypeSymbol derived)
    {
        bool isDerived = SymbolEqualityComparer.Default.Equals(type, derived)
            || derived.BaseTypes().Concat(derived.AllInterfaces)
                .Any(parent => SymbolEqualityComparer.Default.Equals(parent, type));
        return (isDerived, scope.CanReach(derived)) switch
        {
            (false, _) => $"'{derived.ToDisplayString()}' does not derive from it",
            (_, false) => $"'{derived.ToDisplayString()}' is not accessible from the context '{scope.Context.Name}'",
            _ when CustomConverters.IsOn(derived) => $"'{derived.ToDisplayString()}' has a converter of its own",
            _ when derived.IsAbstract || derived.TypeKind is TypeKind.Interface =>
                $"'{derived.ToDisplayString()}' is abstract",
            _ => UnsupportedTypes.FaultOf(derived),
        };
    }

    private static string? DiscriminatorOf(DerivedShape shape) => shape.Text is null
        ? shape.Number?.ToString(CultureInfo.InvariantCulture)
        : Literals.Text(shape.Text);

    private void CheckDistinct(INamedTypeSymbol type, IEnumerable<string> values, string fault)
    {
        foreach (IGrouping<string, string> same in values.GroupBy(value => value, StringComparer.Ordinal))
        {
            if (same.Count() > 1)
            {
                scope.Report(PayloadRules.Polymorphism, type, type.ToDisplayString(), $"{same.Key} {fault}");
            }
        }
    }
}
