namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Translates a valid function for the interpreter.</summary>
/// <param name="function">Its index among the module's own.</param>
/// <param name="store">Whose interrupts stop it.</param>
/// <returns>Its instructions, in an array that the garbage collector does not move.</returns>
/// <exception cref="TrapException">An interrupt was requested.</exception>
internal delegate Cell[] FunctionTranslation(int function, Store store);
