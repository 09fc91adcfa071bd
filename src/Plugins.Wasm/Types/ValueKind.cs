namespace Plugins.Wasm.Types;

/// <summary>What a value is to a host; each member's number is its byte in the binary format.</summary>
/// <remarks>
/// A typed reference is of the kind of all references of its hierarchy: a <c>(ref null $t)</c> to a function type is a
/// <see cref="FuncRef"/>. WebAssembly 3.0, sections 2.3.1 to 2.3.5 and 5.3.1 to 5.3.5.
/// </remarks>
public enum ValueKind : byte
{
    /// <summary>A reference to an exception that was caught, or null; opaque to the host.</summary>
    ExnRef = 0x69,

    /// <summary>A reference to a garbage-collected value, or null. Reserved: modules that use it are refused.</summary>
    AnyRef = 0x6E,

    /// <summary>A reference the host supplies, opaque to the guest.</summary>
    ExternRef = 0x6F,

    /// <summary>A reference to a function, or null.</summary>
    FuncRef = 0x70,

    /// <summary>A vector of 128 bits, whose lanes each instruction chooses.</summary>
    V128 = 0x7B,

    /// <summary>A 64-bit IEEE 754 number.</summary>
    F64 = 0x7C,

    /// <summary>A 32-bit IEEE 754 number.</summary>
    F32 = 0x7D,

    /// <summary>A 64-bit integer without a sign of its own.</summary>
    I64 = 0x7E,

    /// <summary>A 32-bit integer without a sign of its own.</summary>
    I32 = 0x7F,
}
