namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A type that gets a nested class in the context.</summary>
/// <param name="TypeName">Fully qualified, with the annotations of its arguments.</param>
/// <param name="ConverterName">The nested class.</param>
internal abstract record TypeShape(string TypeName, string ConverterName);
