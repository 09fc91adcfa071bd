using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit;

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
}
