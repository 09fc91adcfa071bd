using Plugins.Wasm.Diagnostics;
using Plugins.Wasm.Runtime;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm;

/// <summary>A guest was stopped in the middle of a call.</summary>
/// <remarks>
/// The store and its instances stay usable, in the state the guest left them in. Safe for use by many threads.
/// </remarks>
public sealed class TrapException : WasmException
{
    private IReadOnlyList<WasmFrame>? _backtrace;
    private readonly int? _offset;

    internal TrapException(TrapKind kind, int? offset = null)
        : base(TrapText.Of(kind))
    {
        Kind = kind;
        _offset = offset;
    }

    /// <summary>The cause of the trap.</summary>
    public TrapKind Kind { get; }

    /// <summary>
    /// The trapping instruction, in bytes from the module's start; null where the engine does not know.
    /// </summary>
    /// <remarks>
    /// Known wherever the function was interpreted, and in compiled code for <c>unreachable</c>: its other traps share
    /// a check within a function, and name the function only.
    /// </remarks>
    public int? Offset => _offset ?? (Backtrace is [var innermost, ..] ? innermost.Offset : null);

    /// <summary>The guest functions that were running, innermost first.</summary>
    /// <value>
    /// At most <see cref="Runtime.Backtrace.MaximumFrames"/> frames; host functions between them are left out.
    /// Empty before the exception was caught. Read from the exception's stack trace at the first use.
    /// </value>
    public IReadOnlyList<WasmFrame> Backtrace =>
        _backtrace ??= Runtime.Backtrace.Read(this, Calls, _offset);

    /// <summary>The interpreted calls that it left.</summary>
    internal InterpretedCalls Calls { get; } = new();

    /// <inheritdoc/>
    /// <remarks>With the innermost guest functions, their names cut and made visible.</remarks>
    public override string ToString() => Backtrace.Count == 0
        ? base.ToString()
        : $"{base.ToString()}{Environment.NewLine}{Runtime.Backtrace.Show(Backtrace)}";
}
