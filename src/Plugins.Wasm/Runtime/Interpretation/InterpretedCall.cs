namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>An interpreted call that a trap left.</summary>
/// <param name="Module">Whose function; null where a run of such calls ends.</param>
/// <param name="Function">The function's index in the module, imported functions counted.</param>
/// <param name="Cell">Where in its code it was; -1 where that is not known.</param>
internal readonly record struct InterpretedCall(Module? Module, int Function, int Cell);
