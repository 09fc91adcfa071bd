namespace Plugins.Wasm.Binary;

/// <summary>One entry of the code section; its code is the module's bytes from <c>Start</c> to <c>End</c>.</summary>
/// <param name="Start">The first byte of the first instruction.</param>
/// <param name="End">The byte after the final <c>end</c>.</param>
/// <param name="Locals">The declared locals, parameters not included, run-length encoded, without empty runs.</param>
/// <remarks>WebAssembly 2.0, section 5.5.13.</remarks>
internal sealed record FunctionBody(int Start, int End, LocalGroup[] Locals);
