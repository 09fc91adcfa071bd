using Plugins.Payloads.Generator.Pipeline;

namespace Plugins.Payloads.Generator.Shapes;

/// <summary>The derived types that a base type stands for.</summary>
/// <param name="PropertyName">The key of the discriminator.</param>
/// <param name="Derived">In the order of declaration.</param>
/// <param name="Fallback">What is done on writing with types that are not listed.</param>
/// <param name="IgnoresUnknown">Whether an unknown discriminator reads as the base type.</param>
internal sealed record PolymorphismShape(
    string PropertyName,
    EquatableArray<DerivedShape> Derived,
    DerivedFallback Fallback,
    bool IgnoresUnknown);
