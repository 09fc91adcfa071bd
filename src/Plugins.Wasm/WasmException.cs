namespace Plugins.Wasm;

/// <summary>The root of everything this engine throws about a module or a running guest.</summary>
/// <remarks>Misuse of the API throws the base library's argument and state exceptions instead.</remarks>
public abstract class WasmException : Exception
{
    private protected WasmException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
