namespace Plugins.Host.Errors;

/// <summary>The cause of a trap; numbers and names are stable across versions and engines.</summary>
/// <remarks>The names follow the WebAssembly 2.0 specification; docs/errors.md lists its wording.</remarks>
public enum TrapCode
{
    /// <summary>No trap.</summary>
    None = 0,

    /// <summary>The guest gave up by itself: a panic, an abort, a failed assertion.</summary>
    Unreachable = 1,

    /// <summary>Guest code reached outside its linear memory.</summary>
    OutOfBoundsMemoryAccess = 2,

    /// <summary>Guest code reached outside a table.</summary>
    OutOfBoundsTableAccess = 3,

    /// <summary>An indirect call named an index outside the table.</summary>
    UndefinedElement = 4,

    /// <summary>An indirect call named an empty table element.</summary>
    UninitializedElement = 5,

    /// <summary>An indirect call found a function of another type.</summary>
    IndirectCallTypeMismatch = 6,

    /// <summary>An integer was divided by zero.</summary>
    IntegerDivideByZero = 7,

    /// <summary>The quotient of the smallest integer and -1 does not fit.</summary>
    IntegerOverflow = 8,

    /// <summary>A number that is not finite or too large was converted to an integer.</summary>
    InvalidConversionToInteger = 9,

    /// <summary>Calls were nested deeper than the stack or the call depth allows.</summary>
    CallStackExhausted = 10,

    /// <summary>The guest passed the host a range that does not lie in its memory.</summary>
    HostRangeOutOfBounds = 11,

    /// <summary>A trap that this version has no name for.</summary>
    Other = 12,

    /// <summary>A reference was null where it must not be, as in a call through it.</summary>
    NullReference = 13,

    /// <summary>The guest threw an exception that nothing in it caught.</summary>
    UncaughtException = 14,

    /// <summary>A reference was cast to a type that it does not have.</summary>
    CastFailure = 15,

    /// <summary>Guest code reached outside an array.</summary>
    OutOfBoundsArrayAccess = 16,

    /// <summary>The guest kept more garbage-collected objects than its memory limit allows.</summary>
    HeapExhausted = 17,
}
