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

    /// <summary>In version 34 an adapter of components, which there are none of here.</summary>
    OutOfFuel = 11,

    /// <summary>In later versions a wait on memory that is not shared, which takes the thread proposal.</summary>
    OutOfFuelIn34 = 12,

    /// <summary>Not a trap of an instruction.</summary>
    Unknown = 255,
}
