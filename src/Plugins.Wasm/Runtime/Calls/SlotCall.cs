using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Calls compiled code with arguments in slots; the first result replaces them.</summary>
internal unsafe delegate void SlotCall(Function function, InterpreterStack stack, ulong* slots, int depth);
