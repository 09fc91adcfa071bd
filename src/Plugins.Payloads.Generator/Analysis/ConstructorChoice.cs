using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Chooses the constructor that reading uses, by System.Text.Json's rules.</summary>
internal sealed class ConstructorChoice(AnalysisScope scope)
{
    /// <returns>Null when there is none, which was reported.</returns>
    public IMethodSymbol? Of(INamedTypeSymbol type)
    {
        IMethodSymbol[] marked =
            [.. type.InstanceConstructors.Where(constructor => constructor.HasAttribute(AttributeNames.Constructor))];
        return marked.Length switch
        {
            0 => Unmarked(type),
            1 => Reachable(marked[0]),
            _ => Refuse(type, "several constructors have [JsonConstructor]"),
        };
    }

    private IMethodSymbol? Unmarked(INamedTypeSymbol type)
    {
        IMethodSymbol[] open = [.. type.InstanceConstructors
            .Where(constructor => constructor.DeclaredAccessibility is Accessibility.Public)];
        IMethodSymbol? plain = open.FirstOrDefault(constructor => constructor.Parameters.IsEmpty);
        return (plain, open.Length) switch
        {
            (not null, _) => plain,
            (null, 1) => open[0],
            (null, 0) => Refuse(
                type, "it has no public constructor; put [JsonConstructor] on one the context can reach"),
            _ => Refuse(type, "it has several public constructors; put [JsonConstructor] on one of them"),
        };
    }

    private IMethodSymbol? Reachable(IMethodSymbol constructor)
    {
        if (scope.CanReach(constructor))
        {
            return constructor;
        }

        scope.Report(PayloadRules.Inaccessible, constructor, constructor.ToDisplayString(), scope.Context.Name);
        return null;
    }

    private IMethodSymbol? Refuse(INamedTypeSymbol type, string reason)
    {
        scope.Report(PayloadRules.NoConstructor, type, type.ToDisplayString(), reason);
        return null;
    }
}
