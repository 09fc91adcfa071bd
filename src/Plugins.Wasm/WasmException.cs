using Plugins.Wasm.Diagnostics;

namespace Plugins.Wasm;

/// <summary>The root of everything this engine throws about a module or a running guest.</summary>
/// <remarks>
/// Misuse of the API throws the base library's argument and state exceptions instead. Whatever a module says, a message
/// is one line of at most 2,000 characters, and the whole exception has some 8,000 as text.
/// </remarks>
public abstract class WasmException : Exception
{
    private const int MaximumMessageLength = 2_000;
    private const int MaximumTraceLength = 4_000;

    private protected WasmException(string message)
        : base(ForeignText.Show(message, MaximumMessageLength))
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Cut to its innermost frames: host and guest can call each other thousands of times. Frames of guests are not in
    /// it; see <see cref="TrapException.Backtrace"/>.
    /// </remarks>
    public override string? StackTrace =>
        base.StackTrace is string trace ? ForeignText.Cut(trace, MaximumTraceLength) : null;
}
