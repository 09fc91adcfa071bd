using Microsoft.CodeAnalysis;
using Plugins.Payloads.Generator.Diagnostics;
using Plugins.Payloads.Generator.Shapes;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>Decides how a member of a type is named, written and read.</summary>
internal sealed class MemberAnalyzer(AnalysisScope scope, TypeGraph graph)
{
    /// <returns>Null for a member that is ignored, or was refused with a fault.</returns>
    public MemberShape? Analyze(
        INamedTypeSymbol type, Member member, IMethodSymbol? constructor, IParameterSymbol? parameter)
    {
        if (member.IsIgnored || !IsSupported(type, member))
        {
            return null;
        }

        bool setByConstructor = constructor?.HasAttribute(AttributeNames.SetsRequiredMembers) is true;
        bool required = member.IsRequiredByLanguage && !setByConstructor;
        ValueShape? written = graph.ValueOf(member.Type, AllowsNullOut(member), member.Symbol);
        ValueShape? read = parameter is null
            ? written
            : graph.ValueOf(parameter.Type, AllowsNull(parameter.Type), parameter);
        if (written is null || read is null)
        {
            return null;
        }

        return new MemberShape(
            member.Symbol.Identifier(),
            member.NameUnder(scope.NamingPolicy),
            member.Key,
            written,
            parameter is null ? WithNulls(written, AllowsNullIn(member)) : read,
            AssignmentOf(member, parameter, required),
            OmissionOf(member),
            required,
            IsRequired: required || member.IsRequiredByAttribute || parameter is { HasExplicitDefaultValue: false },
            parameter is null ? DefaultOf(member, constructor) : Literals.DefaultOf(parameter));
    }

    /// <summary>Refuses what would make JSON and MessagePack differ without anybody noticing.</summary>
    private bool IsSupported(INamedTypeSymbol type, Member member)
    {
        string? attribute = UnsupportedAttributes.On(member.Symbol, out string reason);
        if (attribute is null && member.IgnoreCondition is IgnoreConditions.WhenWritingNull && !member.Type.CanBeNull())
        {
            (attribute, reason) = ("[JsonIgnore(Condition = WhenWritingNull)]", "its type has no null");
        }

        if (attribute is not null)
        {
            scope.Report(
                PayloadRules.UnsupportedAttribute,
                member.Symbol,
                attribute,
                $"{type.Name}.{member.Symbol.Name}",
                reason);
        }

        return attribute is null;
    }

    private static Assignment AssignmentOf(Member member, IParameterSymbol? parameter, bool required) => member switch
    {
        { IgnoreCondition: IgnoreConditions.WhenReading } => Assignment.Skipped,
        _ when parameter is not null => Assignment.Constructor,
        { CanSet: false } => Assignment.Skipped,
        _ when required => Assignment.Required,
        { IsInitOnly: true } => Assignment.InitOnly,
        _ => Assignment.Setter,
    };

    private static Omission OmissionOf(Member member) => member switch
    {
        { CanGet: false } => Omission.Always,
        { IgnoreCondition: IgnoreConditions.WhenWriting } => Omission.Always,
        { IgnoreCondition: IgnoreConditions.WhenWritingNull } => Omission.WhenNull,
        { IgnoreCondition: IgnoreConditions.WhenWritingDefault } =>
            member.Type.CanBeNull() ? Omission.WhenNull : Omission.WhenDefault,
        _ => Omission.Never,
    };

    /// <summary>
    /// An initializer may give the member another value than its type's default; then a fresh object is asked.
    /// </summary>
    private static string? DefaultOf(Member member, IMethodSymbol? constructor) =>
        Initializers.MayRunFor(member.Symbol, constructor) && member.CanGet ? null : "default";

    private static ValueShape WithNulls(ValueShape value, bool allowed) => value.Nulls switch
    {
        NullForm.Reference or NullForm.NullableReference =>
            value with { Nulls = allowed ? NullForm.NullableReference : NullForm.Reference },
        _ => value,
    };

    private static bool AllowsNullOut(Member member) => !member.Symbol.HasAttribute(AttributeNames.NotNull)
        && (AllowsNull(member.Type) || member.Symbol.HasAttribute(AttributeNames.MaybeNull));

    private static bool AllowsNullIn(Member member) => !member.Symbol.HasAttribute(AttributeNames.DisallowNull)
        && (AllowsNull(member.Type) || member.Symbol.HasAttribute(AttributeNames.AllowNull));

    // Code without annotations does not say, and System.Text.Json lets null pass there.
    private static bool AllowsNull(ITypeSymbol type) => type.NullableAnnotation is not NullableAnnotation.NotAnnotated;
}
