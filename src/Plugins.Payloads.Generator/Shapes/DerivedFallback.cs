namespace Plugins.Payloads.Generator.Shapes;

/// <summary>What is done with an object whose type is not listed; the numbers are those of System.Text.Json.</summary>
internal enum DerivedFallback
{
    /// <summary>It is refused.</summary>
    Fail = 0,

    /// <summary>It is written as the base type.</summary>
    BaseType = 1,

    /// <summary>It is written as the nearest listed type that it derives from.</summary>
    NearestAncestor = 2,
}
