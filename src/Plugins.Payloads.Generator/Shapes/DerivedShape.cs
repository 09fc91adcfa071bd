namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A derived type.</summary>
/// <param name="TypeName">The type.</param>
/// <param name="ConverterName">The nested class that writes and reads its members.</param>
/// <param name="Text">Its discriminator, where that is text.</param>
/// <param name="Number">Its discriminator, where that is a number.</param>
/// <param name="Depth">How many base classes it has; a nearer ancestor has more.</param>
internal sealed record DerivedShape(string TypeName, string ConverterName, string? Text, int? Number, int Depth);
