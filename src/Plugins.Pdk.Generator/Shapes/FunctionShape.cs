namespace Plugins.Pdk.Generator.Shapes;

/// <summary>A plugin function to export.</summary>
/// <param name="Name">The export.</param>
/// <param name="Method">The method's whole name, as generated code calls it.</param>
/// <param name="Input">What it takes.</param>
/// <param name="Output">What it returns.</param>
internal sealed record FunctionShape(string Name, string Method, ValueShape Input, ValueShape Output);
