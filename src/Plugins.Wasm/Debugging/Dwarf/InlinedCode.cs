namespace Plugins.Wasm.Debugging.Dwarf;

/// <summary>A stretch of code that was inlined.</summary>
/// <param name="Function">The index of the function it was inlined into.</param>
/// <param name="Start">The first address.</param>
/// <param name="End">The address after the last.</param>
/// <param name="Unit">The index of the unit that tells of it.</param>
/// <param name="Origin">Where the entry of the inlined function stands.</param>
/// <param name="CallFile">The file of the call, as the unit's line program counts.</param>
/// <param name="CallLine">The line of the call.</param>
/// <param name="CallColumn">The column of the call.</param>
internal readonly record struct InlinedCode(
    int Function, uint Start, uint End, int Unit, int Origin, int CallFile, int CallLine, int CallColumn);
