namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>One attribute of an abbreviation.</summary>
internal readonly record struct AttributeSpecification(DwarfAttribute Attribute, DwarfForm Form, long ImplicitValue);
