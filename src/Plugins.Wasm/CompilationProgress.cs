namespace Plugins.Wasm;

/// <summary>How far the compilation of a module's functions has come.</summary>
/// <param name="Done">Functions that are done: compiled, or found to be better interpreted.</param>
/// <param name="All">All functions of the module's own.</param>
/// <remarks>Immutable and safe for use by many threads.</remarks>
public readonly record struct CompilationProgress(int Done, int All);
