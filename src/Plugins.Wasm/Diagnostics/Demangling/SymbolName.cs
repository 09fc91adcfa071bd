namespace Plugins.Wasm.Diagnostics.Demangling;

/// <summary>The name of a function of C++, without its parameters.</summary>
/// <param name="Text">The name with its scopes and template arguments.</param>
/// <param name="HasResult">Whether the type of its result follows: that is so for templates.</param>
/// <param name="Qualifiers">What stands behind the parameters: <c> const</c>, <c> &amp;</c>.</param>
internal readonly record struct SymbolName(string Text, bool HasResult = false, string Qualifiers = "");
