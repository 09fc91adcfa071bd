namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Finds which instruction of the module a cell of the interpreter was translated from.</summary>
/// <param name="function">The function's index among the module's own.</param>
/// <param name="cell">The cell's index in its code.</param>
/// <returns>The instruction's offset in the module; null where the cell is of none.</returns>
/// <remarks>It translates the function once more, since nothing keeps what only backtraces need.</remarks>
internal delegate int? CellOrigin(int function, int cell);
