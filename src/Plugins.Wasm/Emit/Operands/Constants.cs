using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>What is decided at compile time about constant right operands.</summary>
internal static class Constants
{
    /// <summary>A shift's count in the form the intermediate language wants: 32 bits, within the width.</summary>
    public static Operand PrepareRight(Opcode opcode, Operand right) => (opcode, right) switch
    {
        (Opcode.I32Shl or Opcode.I32ShrS or Opcode.I32ShrU, ConstantOperand count) =>
            new ConstantOperand(ValueKind.I32, count.Bits & 31),
        (Opcode.I64Shl or Opcode.I64ShrS or Opcode.I64ShrU, ConstantOperand count) =>
            new ConstantOperand(ValueKind.I32, count.Bits & 63),
        _ => right,
    };

    /// <summary>Whether a division by this constant can neither trap nor need help.</summary>
    public static bool IsSafeDivisor(ConstantOperand divisor) =>
        divisor.Bits != 0
        && divisor.Bits != (divisor.Kind == ValueKind.I32 ? uint.MaxValue : ulong.MaxValue);

    /// <summary>Whether an operation with this constant gives the other operand, less a NaN's quieting.</summary>
    /// <remarks>WebAssembly 2.0, section 4.3.3: every arithmetic operation gives a quiet NaN.</remarks>
    public static bool IsIdentity(Opcode opcode, ConstantOperand constant) => opcode switch
    {
        // With negative one too: a product with it is not a mere change of the sign bit.
        Opcode.F32Add or Opcode.F32Sub or Opcode.F64Add or Opcode.F64Sub => Magnitude(constant) == 0,
        Opcode.F32Mul or Opcode.F32Div or Opcode.F64Mul or Opcode.F64Div => Magnitude(constant) == 1,
        _ => false,
    };

    private static double Magnitude(ConstantOperand constant) => Math.Abs(constant.Kind == ValueKind.F32
        ? BitConverter.UInt32BitsToSingle((uint)constant.Bits)
        : BitConverter.UInt64BitsToDouble(constant.Bits));
}
