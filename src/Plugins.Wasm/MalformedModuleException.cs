namespace Plugins.Wasm;

/// <summary>The bytes are not a module in the binary format.</summary>
/// <remarks>WebAssembly 2.0, chapter 5.</remarks>
public sealed class MalformedModuleException : WasmException
{
    internal MalformedModuleException(string reason, int offset)
        : base($"Malformed module at byte {offset}: {reason}.")
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>The fault, in the specification's words where it has some.</summary>
    public string Reason { get; }

    /// <summary>Offset at which the decoder stopped, in bytes from the start of the module.</summary>
    public int Offset { get; }
}
