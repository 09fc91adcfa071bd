namespace Plugins.Wasm.Types;

/// <summary>A value type; each member's number is its byte in the binary format.</summary>
/// <remarks>WebAssembly 2.0, sections 2.3.1 to 2.3.4 and 5.3.1 to 5.3.4.</remarks>
public enum ValueKind : byte
{
    /// <summary>A reference the host supplies, opaque to the guest.</summary>
    ExternRef = 0x6F,

    /// <summary>A reference to a function of any type, or null.</summary>
    FuncRef = 0x70,

    /// <summary>A 128-bit vector. Reserved: modules that use it are refused.</summary>
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
