namespace Plugins.Wasm.Emit.Outlining;

/// <summary>What is cut out of a function.</summary>
/// <param name="Whole">The function, with the regions in it.</param>
/// <param name="Slots">How values leave them.</param>
internal sealed record OutlinePlan(Region Whole, SlotLayout Slots);
