using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Translation;

/// <summary>What a branch depends on.</summary>
/// <param name="Comparison">
/// The comparison that was taken back so that the branch can make it; the default for the value of a slot.
/// </param>
/// <param name="Place">The slot.</param>
internal readonly record struct Condition(Cell Comparison, int Place);
