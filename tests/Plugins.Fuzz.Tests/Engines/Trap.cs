namespace Plugins.Fuzz.Tests.Engines;

/// <summary>How a call ended, in the terms that both engines tell apart.</summary>
internal enum Trap
{
    None,
    Unreachable,
    MemoryOutOfBounds,

    /// <summary>Also a call through an index that the table lacks, which Wasmtime does not tell apart.</summary>
    TableOutOfBounds,
    NullElement,
    TypeMismatch,
    DivideByZero,
    IntegerOverflow,
    InvalidConversion,
    StackExhausted,
    OutOfFuel,

    /// <summary>An exception that nothing in the guest caught.</summary>
    UncaughtException,
    Other,
}
