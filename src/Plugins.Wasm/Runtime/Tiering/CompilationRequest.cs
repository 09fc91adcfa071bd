namespace Plugins.Wasm.Runtime.Tiering;

/// <summary>Something that is to be compiled.</summary>
/// <param name="Function">The function's index among the module's own.</param>
/// <param name="Loop">The offset of the loop to enter it at; null for calling it.</param>
/// <param name="Imports">What it may call, which is made ready for that, too.</param>
internal sealed record CompilationRequest(int Function, int? Loop, Function[] Imports);
