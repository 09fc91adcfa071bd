using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Runtime.Vectors;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>Swizzles whose lanes are sure to be what x64's instruction takes as WebAssembly does.</summary>
/// <remarks>
/// That instruction gives zero for numbers from 128 on, and looks at the lowest four bits of the others. Tables of 16
/// entries are looked up by numbers that were masked or shifted.
/// </remarks>
internal static class Swizzle
{
    private const byte Lanes = 16;
    private const byte FirstOfZero = 128;

    /// <summary>The instruction without what makes it take all numbers.</summary>
    public static VectorCode Plain { get; } = VectorTable.Of(
        Ssse3.IsSupported
            ? typeof(Ssse3).GetMethod(nameof(Ssse3.Shuffle), [typeof(Vector128<byte>), typeof(Vector128<byte>)])!
            : typeof(IntegerLanes).GetMethod(nameof(IntegerLanes.I8x16Swizzle))!);

    /// <summary>Whether an instruction is a swizzle of which <see cref="Plain"/> is enough.</summary>
    public static bool MayBePlain(Opcode opcode, Operand[] operands) =>
        opcode is Opcode.I8x16Swizzle or Opcode.I8x16RelaxedSwizzle && operands[1] switch
        {
            VectorOperand vector => vector.HasSmallBytes,
            VectorConstantOperand constant => constant.Value == Vector128.ConditionalSelect(
                Vector128.LessThan(constant.Value, Vector128.Create(FirstOfZero)),
                Vector128.Min(constant.Value, Vector128.Create((byte)(Lanes - 1))),
                constant.Value),
            _ => false,
        };

    /// <summary>Whether the result's bytes are all less than 16.</summary>
    public static bool GivesSmallBytes(Opcode opcode, Operand[] operands) => opcode switch
    {
        Opcode.V128And => IsSmall(operands[0]) || IsSmall(operands[1]),
        Opcode.I8x16ShrU => operands[1] is ConstantOperand count && (count.Bits & 7) >= 4,
        _ => false,
    };

    private static bool IsSmall(Operand operand) =>
        operand is VectorConstantOperand constant
            ? Vector128.LessThanAll(constant.Value, Vector128.Create(Lanes))
            : operand is VectorOperand { Splatted: ConstantOperand { Kind: Types.ValueKind.I32 } number } splat
                && splat.Type == typeof(Vector128<byte>) && (byte)number.Bits < Lanes;
}
