namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Translates a valid function for the interpreter.</summary>
/// <param name="function">Its index among the module's own.</param>
/// <param name="store">Whose interrupts stop it.</param>
/// <returns>Its instructions, in native memory that the caller owns.</returns>
/// <exception cref="TrapException">An interrupt was requested.</exception>
internal unsafe delegate Cell* FunctionTranslation(int function, Store store);
