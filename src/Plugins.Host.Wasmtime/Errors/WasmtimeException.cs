namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The root of everything this engine throws itself.</summary>
/// <remarks>
/// What is wrong with a module's bytes is thrown as <see cref="Plugins.Wasm.WasmException"/>: one decoder serves both
/// engines. Misuse throws the base library's exceptions. Immutable.
/// </remarks>
public abstract class WasmtimeException : Exception
{
    private protected WasmtimeException(string message)
        : base(message)
    {
    }
}
