namespace Plugins.Host.Wasmtime.Errors;

/// <summary>Wasmtime refused a valid module or could not make an instance; it tells why as text only.</summary>
public sealed class WasmtimeRefusalException : WasmtimeException
{
    internal WasmtimeRefusalException(bool isCompilation, string reason)
        : base(reason) =>
        IsCompilation = isCompilation;

    /// <summary>Whether compiling failed; else making an instance did, for want of memory or address space.</summary>
    public bool IsCompilation { get; }
}
