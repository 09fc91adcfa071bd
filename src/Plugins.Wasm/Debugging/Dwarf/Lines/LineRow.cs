namespace Plugins.Wasm.Debugging.Dwarf.Lines;

/// <summary>Where an instruction, and those up to the next row, come from.</summary>
/// <param name="Address">The instruction, in bytes from the code section's contents.</param>
/// <param name="File">The index of the file, of those of all units.</param>
/// <param name="Line">The line, or 0.</param>
/// <param name="Column">The column, or 0.</param>
internal readonly record struct LineRow(uint Address, int File, int Line, int Column);
