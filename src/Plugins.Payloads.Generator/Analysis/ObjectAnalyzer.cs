using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Pipeline;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Turns a class or structure into the shape of its map.</summary>
internal sealed class ObjectAnalyzer(AnalysisScope scope, TypeGraph graph)
{
    private readonly MemberCollector _collector = new(scope);
    private readonly ConstructorChoice _choice = new(scope);
    private readonly MemberAnalyzer _analyzer = new(scope, graph);
    private readonly KeyCheck _keys = new(scope);
    private readonly PolymorphismAnalyzer _polymorphism = new(scope, graph);

    public ObjectShape Analyze(INamedTypeSymbol type, string converterName)
    {
        bool isConcrete = type.TypeKind is not TypeKind.Interface && !type.IsAbstract;
        IMethodSymbol? constructor = isConcrete ? _choice.Of(type) : null;
        IReadOnlyList<Member> members = _collector.Collect(type);
        Dictionary<IParameterSymbol, Member> parameters = Match(type, constructor, members);
        MemberShape[] shapes = [.. members.Select(member => Shape(type, member, constructor, parameters))
            .OfType<MemberShape>()];
        PolymorphismShape? polymorphism = _polymorphism.Analyze(type);

        CheckRequired(type, members, shapes);
        CheckLoss(type, members, shapes);
        int? handling = type.FindAttribute(AttributeNames.UnmappedMembers)?.Argument(0) as int?;
        return new ObjectShape(
            type.Spelled(),
            converterName,
            _keys.Check(type, members, shapes, polymorphism).ToEquatableArray(),
            ArgumentsOf(constructor, parameters, shapes).ToEquatableArray(),
            type.IsValueType,
            IsConcrete: constructor is not null,
            IsClosed: handling is null ? scope.IsClosed : handling is 1,
            polymorphism);
    }

    /// <summary>Pairs parameters with members of the same type and, but for case, the same name.</summary>
    private Dictionary<IParameterSymbol, Member> Match(
        INamedTypeSymbol type, IMethodSymbol? constructor, IReadOnlyList<Member> members)
    {
        var matches = new Dictionary<IParameterSymbol, Member>(SymbolEqualityComparer.Default);
        foreach (IParameterSymbol parameter in constructor?.Parameters ?? [])
        {
            Member? match = members.FirstOrDefault(member =>
                string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type));
            if (match is null || parameter.RefKind is RefKind.Out or RefKind.Ref)
            {
                scope.Report(PayloadRules.ParameterWithoutMember, parameter, parameter.Name, type.ToDisplayString());
            }
            else
            {
                matches[parameter] = match;
            }
        }

        return matches;
    }

    private MemberShape? Shape(
        INamedTypeSymbol type,
        Member member,
        IMethodSymbol? constructor,
        Dictionary<IParameterSymbol, Member> parameters) =>
        _analyzer.Analyze(type, member, constructor, parameters.FirstOrDefault(pair => pair.Value == member).Key);

    private static IEnumerable<string> ArgumentsOf(
        IMethodSymbol? constructor, Dictionary<IParameterSymbol, Member> parameters, MemberShape[] shapes) =>
        from parameter in constructor?.Parameters ?? []
        let member = parameters.TryGetValue(parameter, out Member match) ? match.Symbol.Identifier() : null
        let shape = shapes.FirstOrDefault(
            shape => shape.Identifier == member && shape.Assignment is Assignment.Constructor)
        select shape?.Local ?? Literals.DefaultOf(parameter);

    private void CheckRequired(INamedTypeSymbol type, IReadOnlyList<Member> members, MemberShape[] shapes)
    {
        foreach (Member member in members)
        {
            MemberShape? shape = shapes.FirstOrDefault(shape => shape.Identifier == member.Symbol.Identifier());
            bool isRequired = member.IsRequiredByLanguage || member.IsRequiredByAttribute;
            bool isRead = shape is not null && shape.Assignment is not Assignment.Skipped;
            if (isRequired && !isRead && (member.IsIgnored || shape is not null))
            {
                scope.Report(PayloadRules.RequiredNotRead, member.Symbol, member.Symbol.Name, type.ToDisplayString());
            }
        }
    }

    /// <summary>
    /// System.Text.Json reads structures without their constructors, which loses what only those assign.
    /// </summary>
    private void CheckLoss(INamedTypeSymbol type, IReadOnlyList<Member> members, MemberShape[] shapes)
    {
        IMethodSymbol[] others = [.. type.InstanceConstructors.Where(constructor => !constructor.Parameters.IsEmpty)];
        bool isMarked = others.Any(constructor => constructor.HasAttribute(AttributeNames.Constructor));
        if (!type.IsValueType || isMarked)
        {
            return;
        }

        foreach (Member member in members.Where(member => !member.CanSet && !member.IsIgnored))
        {
            bool isTaken = others.SelectMany(constructor => constructor.Parameters)
                .Any(parameter => string.Equals(
                    parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase));
            if (isTaken && shapes.Any(shape => shape.Identifier == member.Symbol.Identifier()))
            {
                scope.Report(PayloadRules.NeverRead, member.Symbol, member.Symbol.Name, type.ToDisplayString());
            }
        }
    }
}
