namespace Plugins.Payloads.Generator.Shapes;

/// <summary>Whether a value can be null, and whether it may.</summary>
internal enum NullForm
{
    /// <summary>A value type.</summary>
    Value,

    /// <summary>A <see cref="Nullable{T}"/>.</summary>
    NullableValue,

    /// <summary>A reference that must not be null, in a document as in memory.</summary>
    Reference,

    /// <summary>A reference that may be null, or whose declaration does not say.</summary>
    NullableReference,
}
