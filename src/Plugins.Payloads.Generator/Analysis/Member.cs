using Microsoft.CodeAnalysis;

namespace Plugins.Payloads.Generator.Analysis;

/// <summary>A property or field that System.Text.Json sees too.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="CanGet">Whether it can be written to a document.</param>
/// <param name="CanSet">Whether it can be assigned.</param>
/// <param name="IsInitOnly">Whether that is possible only on construction.</param>
internal sealed record Member(ISymbol Symbol, ITypeSymbol Type, bool CanGet, bool CanSet, bool IsInitOnly)
{
    /// <summary>A value of <c>JsonIgnoreCondition</c>.</summary>
    public int IgnoreCondition { get; } = Symbol.FindAttribute(AttributeNames.Ignore) is not AttributeData ignore
        ? IgnoreConditions.Never
        : ignore.Named("Condition") is int condition ? condition : IgnoreConditions.Always;

    public bool IsIgnored => IgnoreCondition is IgnoreConditions.Always;

    public int Order { get; } = Symbol.FindAttribute(AttributeNames.PropertyOrder)?.Argument(0) as int? ?? 0;

    public int? Key { get; } = Symbol.FindAttribute(AttributeNames.Key)?.Argument(0) as int?;

    /// <summary>The <c>required</c> modifier.</summary>
    public bool IsRequiredByLanguage =>
        Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

    public bool IsRequiredByAttribute => Symbol.HasAttribute(AttributeNames.Required);

    public string NameUnder(int policy) => Symbol.FindAttribute(AttributeNames.PropertyName)?.Argument(0) as string
        ?? NamingPolicy.Apply(policy, Symbol.Name);
}
