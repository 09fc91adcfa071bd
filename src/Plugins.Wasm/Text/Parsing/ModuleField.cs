using Plugins.Wasm.Text.Lexing;

namespace Plugins.Wasm.Text.Parsing;

/// <summary>A field of a module, and the token behind its keyword.</summary>
internal readonly record struct ModuleField(FieldKind Kind, Token Start);
