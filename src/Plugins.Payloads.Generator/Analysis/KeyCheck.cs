using System.Globalization;
using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Sees to it that every member of a type has a key of one kind, which no other has.</summary>
internal sealed class KeyCheck(AnalysisScope scope)
{
    /// <returns>The members whose keys are in order.</returns>
    public IEnumerable<MemberShape> Check(
        INamedTypeSymbol type, IReadOnlyList<Member> members, MemberShape[] shapes, PolymorphismShape? polymorphism)
    {
        bool hasKeys = shapes.Any(shape => shape.Key is not null);
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        if (polymorphism is not null)
        {
            taken[polymorphism.PropertyName] = "the type discriminator";
        }

        foreach (MemberShape shape in shapes)
        {
            Member member = members.First(member => member.Symbol.Identifier() == shape.Identifier);
            if (hasKeys && shape.Key is null)
            {
                scope.Report(PayloadRules.MixedKeys, member.Symbol, shape.Identifier, type.ToDisplayString());
            }
            else if (IsFree(type, shape, member, hasKeys, taken))
            {
                yield return shape;
            }
        }
    }

    private bool IsFree(
        INamedTypeSymbol type, MemberShape shape, Member member, bool hasKeys, Dictionary<string, string> taken)
    {
        // Integer keys and names never collide, not even "1" with 1.
        string key = hasKeys ? "#" + shape.Key!.Value.ToString(CultureInfo.InvariantCulture) : shape.Name;
        if (taken.TryGetValue(key, out string? other))
        {
            scope.Report(
                PayloadRules.DuplicateKey,
                member.Symbol,
                other,
                member.Symbol.Name,
                type.ToDisplayString(),
                key.TrimStart('#'));
            return false;
        }

        taken[key] = member.Symbol.Name;
        return true;
    }
}
