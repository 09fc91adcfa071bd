
namespace Plugins.Wasm.Runtime.Thunks;

/// <summary>Calls <paramref name="function"/> with values whose number and types were checked before.</summary>
internal delegate void FunctionInvoker(Function function, ReadOnlySpan<Value> arguments, Span<Value> results);
