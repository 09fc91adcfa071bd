using Plugins.Manifest.Text;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>The base class of this engine's own exceptions.</summary>
/// <remarks>
/// Faults in a module's bytes are thrown as <see cref="Plugins.Wasm.WasmException"/>: one decoder serves both
/// engines. Misuse throws the base library's exceptions. Message and <see cref="ToString"/> are bounded and harmless to
/// terminals and logs. Immutable.
/// </remarks>
public abstract class WasmtimeException : Exception
{
    private protected WasmtimeException(string message, bool keepLines = false)
        : base(VisibleText.Escape(message, VisibleText.MaximumMessageLength, keepLines))
    {
    }

    /// <summary>Type, message, causes and stacks, as <see cref="VisibleText.Describe"/> shows them.</summary>
    /// <returns>At most <see cref="VisibleText.MaximumDescriptionLength"/> UTF-16 units.</returns>
    public sealed override string ToString() => VisibleText.Describe(this);
}
