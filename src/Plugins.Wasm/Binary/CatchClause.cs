namespace Plugins.Wasm.Binary;

/// <summary>What a <c>try_table</c> does with exceptions.</summary>
/// <param name="Tag">The tag of those it is for; null for all.</param>
/// <param name="TakesReference">Whether a reference to the exception comes after its values.</param>
/// <param name="Label">Where it goes, counted outside the <c>try_table</c>.</param>
/// <remarks>WebAssembly 3.0, section 5.4.1.</remarks>
internal readonly record struct CatchClause(uint? Tag, bool TakesReference, uint Label);
