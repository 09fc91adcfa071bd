namespace Plugins.Payloads.Generator.Shapes;

/// <summary>The methods that read and write a type without a converter.</summary>
/// <param name="Read">A method of the reader.</param>
/// <param name="Write">A method of the writer.</param>
/// <param name="Underlying">The number that an enumeration is cast to; null for other types.</param>
internal sealed record PrimitiveShape(string Read, string Write, string? Underlying = null);
