using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Finds the members of a type by System.Text.Json's rules, in the order in which that writes them.</summary>
internal sealed class MemberCollector(AnalysisScope scope)
{
    /// <summary>Members of the type and its bases, ignored ones included: a constructor may take them.</summary>
    public IReadOnlyList<Member> Collect(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        List<Member> members = [];
        foreach (INamedTypeSymbol current in Hierarchy(type))
        {
            IEnumerable<Member> own = current.GetMembers().OfType<IPropertySymbol>().Select(OfProperty)
                .Concat(current.GetMembers().OfType<IFieldSymbol>().Select(OfField))
                .OfType<Member>();

            // A member hides or overrides those of its name in the bases, which come later.
            members.AddRange(own.Where(member => names.Add(member.Symbol.Name)));
        }

        return [.. members.OrderBy(member => member.Order)];
    }

    private static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Interface ? [type, .. type.AllInterfaces] : [type, .. type.BaseTypes()];

    private Member? OfProperty(IPropertySymbol property)
    {
        if (property.IsStatic || property.IsIndexer || property.ExplicitInterfaceImplementations.Length > 0)
        {
            return null;
        }

        bool included = property.HasAttribute(AttributeNames.Include);
        return Check(new(
            property,
            property.Type,
            CanUse(property.GetMethod, included),
            CanUse(property.SetMethod, included),
            property.SetMethod?.IsInitOnly is true));
    }

    private Member? OfField(IFieldSymbol field)
    {
        if (field.IsStatic || field.AssociatedSymbol is not null || !field.HasAttribute(AttributeNames.Include))
        {
            return null;
        }

        bool reachable = scope.CanReach(field);
        return Check(new(field, field.Type, reachable, reachable && !field.IsReadOnly, IsInitOnly: false));
    }

    private bool CanUse(IMethodSymbol? accessor, bool included) => accessor is not null && scope.CanReach(accessor)
        && (included || accessor.DeclaredAccessibility is Accessibility.Public);

    private Member? Check(Member member)
    {
        if (member.CanGet || member.CanSet)
        {
            return member;
        }

        if (member.Symbol.HasAttribute(AttributeNames.Include) && !member.IsIgnored)
        {
            scope.Report(PayloadRules.Inaccessible, member.Symbol, member.Symbol.ToDisplayString(), scope.Context.Name);
        }

        return null;
    }
}
