namespace Plugins.Wasm;

/// <summary>The module decodes, and breaks a validation rule.</summary>
/// <remarks>WebAssembly 2.0, chapter 3.</remarks>
public sealed class InvalidModuleException : WasmException
{
    internal InvalidModuleException(string reason, int offset)
        : base($"Invalid module at byte {offset}: {reason}.")
    {
        Reason = reason;
        Offset = offset;
    }

    /// <summary>The rule that is broken, in the specification's words where it has some.</summary>
    public string Reason { get; }

    /// <summary>Offset of the offending construct, in bytes from the start of the module.</summary>
    public int Offset { get; }
}
