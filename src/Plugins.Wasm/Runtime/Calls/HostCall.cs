using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime.Calls;

/// <summary>Calls a host function with arguments in slots; the results replace them.</summary>
internal unsafe delegate void HostCall(HostBinding binding, InterpreterStack stack, ulong* slots);
