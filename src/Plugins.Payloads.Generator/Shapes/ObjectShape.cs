using Plugins.Payloads.Generator.Pipeline;

namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A class or structure that is a map of its members.</summary>
/// <param name="TypeName">The type.</param>
/// <param name="ConverterName">Its converter.</param>
/// <param name="Members">In the order of writing.</param>
/// <param name="Arguments">What the constructor takes: locals of members, or values of ignored parameters.</param>
/// <param name="IsValueType">Whether it is a structure.</param>
/// <param name="IsConcrete">Whether an object of exactly this type can be made; not so of abstract classes.</param>
/// <param name="IsClosed">Whether unknown members are refused instead of skipped.</param>
/// <param name="Polymorphism">The types it stands for, if any.</param>
internal sealed record ObjectShape(
    string TypeName,
    string ConverterName,
    EquatableArray<MemberShape> Members,
    EquatableArray<string> Arguments,
    bool IsValueType,
    bool IsConcrete,
    bool IsClosed,
    PolymorphismShape? Polymorphism) : TypeShape(TypeName, ConverterName)
{
    /// <summary>Whether a base type lists it, so that its members may come after a discriminator.</summary>
    public bool IsDerived { get; init; }

    public bool HasKeys => Members.Any(member => member.Key is not null);
}
