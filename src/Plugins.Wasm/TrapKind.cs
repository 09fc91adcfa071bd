namespace Plugins.Wasm;

/// <summary>The cause of a trap. All but the last three are the specification's.</summary>
/// <remarks>WebAssembly 3.0, section 4.4; the texts of its test suite stand in the exception's message.</remarks>
public enum TrapKind
{
    /// <summary>The guest ran an <c>unreachable</c> instruction, as toolchains emit for panics and aborts.</summary>
    Unreachable,

    /// <summary>An access touched bytes past the end of a memory, or past the end of a data segment.</summary>
    OutOfBoundsMemoryAccess,

    /// <summary>An access touched elements past the end of a table, or past the end of an element segment.</summary>
    OutOfBoundsTableAccess,

    /// <summary>An indirect call named an element past the end of the table.</summary>
    UndefinedElement,

    /// <summary>An indirect call found a null reference.</summary>
    UninitializedElement,

    /// <summary>An indirect call found a function of another type.</summary>
    IndirectCallTypeMismatch,

    /// <summary>An integer was divided by zero.</summary>
    IntegerDivideByZero,

    /// <summary>A division or a conversion gave an integer that its type cannot hold.</summary>
    IntegerOverflow,

    /// <summary>A NaN was converted to an integer.</summary>
    InvalidConversionToInteger,

    /// <summary>A reference was null where it must not be.</summary>
    NullReference,

    /// <summary>A call through a function reference found null.</summary>
    NullFunctionReference,

    /// <summary>A reference was cast to a type that it does not have.</summary>
    CastFailure,

    /// <summary>An access touched elements past the end of an array.</summary>
    OutOfBoundsArrayAccess,

    /// <summary>
    /// An object was made for which <see cref="StoreOptions.HeapBytes"/> or <see cref="StoreOptions.HeapObjects"/> has
    /// no room.
    /// </summary>
    HeapExhausted,

    /// <summary>
    /// Calls nested past <see cref="StoreOptions.CallDepth"/> or <see cref="StoreOptions.StackBytes"/>.
    /// </summary>
    CallStackExhausted,

    /// <summary>The store's fuel ran out.</summary>
    OutOfFuel,

    /// <summary><see cref="Store.Interrupt"/> was called.</summary>
    Interrupted,
}
