namespace Plugins.Host.Wasmtime.Native;

/// <summary><c>wasmtime_trap_code_t</c>, as far as modules here can cause it.</summary>
internal enum NativeTrapCode : byte
{
    StackOverflow = 0,
    MemoryOutOfBounds = 1,
    TableOutOfBounds = 3,
    IndirectCallToNull = 4,
    BadSignature = 5,
    IntegerOverflow = 6,
    IntegerDivisionByZero = 7,
    BadConversionToInteger = 8,
    UnreachableCodeReached = 9,
    Interrupt = 10,
    OutOfFuel = 11,
    NullReference = 13,

    /// <summary>Not a trap of an instruction.</summary>
    Unknown = 255,
}
