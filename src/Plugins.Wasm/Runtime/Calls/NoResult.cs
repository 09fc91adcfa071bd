namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Stands for the result of what returns nothing, as <c>void</c> cannot be a type argument.</summary>
internal readonly struct NoResult;
