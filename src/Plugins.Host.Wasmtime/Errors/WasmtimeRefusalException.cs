namespace Plugins.Host.Wasmtime.Errors;

/// <summary>Wasmtime refused a valid module, or could not make an instance; only its text says why.</summary>
public sealed class WasmtimeRefusalException : WasmtimeException
{
    internal WasmtimeRefusalException(bool isCompilation, string reason)
        : base(reason) =>
        IsCompilation = isCompilation;

    /// <summary>True if compiling failed; false if making an instance did, for lack of memory or addresses.</summary>
    public bool IsCompilation { get; }
}
