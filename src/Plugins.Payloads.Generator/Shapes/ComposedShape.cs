using Plugins.Payloads.Generator.Pipeline;

namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A type that a converter of the library serves, given the converters of its parts.</summary>
/// <param name="TypeName">The type.</param>
/// <param name="ConverterName">The nested class that holds the converter.</param>
/// <param name="Library">The library's converter, with its type arguments.</param>
/// <param name="Arguments">What its constructor takes, as expressions.</param>
internal sealed record ComposedShape(
    string TypeName,
    string ConverterName,
    string Library,
    EquatableArray<string> Arguments) : TypeShape(TypeName, ConverterName);
