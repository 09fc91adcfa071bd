using System.Collections.Immutable;
using Plugins.Host.Engines;
using Plugins.Host.Errors;

namespace Plugins.Host.Wasmtime.Errors;

/// <summary>A guest was stopped in the middle of a call.</summary>
public sealed class WasmtimeTrapException : WasmtimeException
{
    internal WasmtimeTrapException(
        EngineFaultKind kind,
        TrapCode trap = TrapCode.None,
        int? offset = null,
        ImmutableArray<GuestFrame> frames = default)
        : base(Compose(kind, trap))
    {
        Kind = kind;
        Trap = trap;
        Offset = offset;
        Backtrace = frames.IsDefault ? [] : frames;
    }

    /// <summary>The cause: a trap, a lack of fuel, or an interrupt.</summary>
    public EngineFaultKind Kind { get; }

    /// <summary>The rule that the guest broke.</summary>
    /// <value><see cref="TrapCode.None"/> unless <see cref="Kind"/> is a trap.</value>
    public TrapCode Trap { get; }

    /// <summary>Position of the trapping instruction, in bytes from the module's start.</summary>
    /// <value>Null where Wasmtime does not tell.</value>
    public int? Offset { get; }

    /// <summary>The guest's frames at the trap, innermost first; at most 64.</summary>
    public ImmutableArray<GuestFrame> Backtrace { get; }

    // WebAssembly 2.0's wording, which its test suite uses too.
    private static string Compose(EngineFaultKind kind, TrapCode trap) => (kind, trap) switch
    {
        (EngineFaultKind.OutOfFuel, _) => "all fuel consumed",
        (EngineFaultKind.Interrupted, _) => "interrupted",
        (_, TrapCode.Unreachable) => "unreachable",
        (_, TrapCode.OutOfBoundsMemoryAccess) => "out of bounds memory access",
        (_, TrapCode.OutOfBoundsTableAccess) => "out of bounds table access",
        (_, TrapCode.UndefinedElement) => "undefined element",
        (_, TrapCode.UninitializedElement) => "uninitialized element",
        (_, TrapCode.IndirectCallTypeMismatch) => "indirect call type mismatch",
        (_, TrapCode.IntegerDivideByZero) => "integer divide by zero",
        (_, TrapCode.IntegerOverflow) => "integer overflow",
        (_, TrapCode.InvalidConversionToInteger) => "invalid conversion to integer",
        (_, TrapCode.NullReference) => "null reference",
        (_, TrapCode.CallStackExhausted) => "call stack exhausted",
        _ => "a trap that has no name here",
    };
}
