using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Which floats a trapping conversion takes.</summary>
/// <remarks>WebAssembly 2.0, sections 4.3.3.2 and 4.3.3.3 (trunc_u and trunc_s).</remarks>
internal static class Truncation
{
    private const double TwoTo31 = 2147483648.0;
    private const double TwoTo32 = 4294967296.0;
    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    // The largest double below -2^63; -2^63 itself is in range, and no double lies between it and -2^63 - 1.
    private static readonly double s_belowInt64 = Math.BitDecrement(-TwoTo63);

    /// <summary>The open interval of values that fit; null for operators that do not trap.</summary>
    public static (double Below, double Above)? RangeOf(Opcode opcode) => opcode switch
    {
        Opcode.I32TruncF32S or Opcode.I32TruncF64S => (-TwoTo31 - 1, TwoTo31),
        Opcode.I32TruncF32U or Opcode.I32TruncF64U => (-1, TwoTo32),
        Opcode.I64TruncF32S or Opcode.I64TruncF64S => (s_belowInt64, TwoTo63),
        Opcode.I64TruncF32U or Opcode.I64TruncF64U => (-1, TwoTo64),
        _ => null,
    };
}
