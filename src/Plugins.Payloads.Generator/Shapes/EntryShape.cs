namespace Plugins.Payloads.Generator.Shapes;

/// <summary>A type that can be asked for, and the expression of its converter.</summary>
internal sealed record EntryShape(string TypeName, string Converter);
