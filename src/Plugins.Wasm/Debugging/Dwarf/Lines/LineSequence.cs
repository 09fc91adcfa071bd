namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>Rows of code without a gap, in ascending order.</summary>
/// <param name="Start">The first address.</param>
/// <param name="End">The address after the last.</param>
/// <param name="First">The index of the first row.</param>
/// <param name="Count">How many rows.</param>
internal readonly record struct LineSequence(uint Start, uint End, int First, int Count);
