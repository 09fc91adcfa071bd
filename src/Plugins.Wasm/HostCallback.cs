namespace Plugins.Wasm;

/// <summary>A host function of any signature, in terms of values.</summary>
/// <param name="importer">The instance that imports it; null for <see cref="Function.FromCallback"/>.</param>
/// <param name="arguments">The arguments, of the types that were declared; only valid during the call.</param>
/// <param name="results">
/// To be filled with values of the types that were declared; zeros and nulls of those at first. Only valid during the
/// call.
/// </param>
/// <remarks>What it throws passes through the guest to the guest's caller.</remarks>
public delegate void HostCallback(Instance? importer, ReadOnlySpan<Value> arguments, Span<Value> results);
