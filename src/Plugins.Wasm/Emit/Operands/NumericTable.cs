using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Reflection.Emit;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime;

namespace Plugins.Wasm.Emit.Operands;

/// <summary>Which intermediate language each numeric operator becomes.</summary>
internal static class NumericTable
{
    private const int Prefixed = 0x100;

    private static readonly object[] s_negate = [0, OpCodes.Ceq];

    private static readonly NumericCode s_remainder = new(OpCodes.Rem);
    private static readonly NumericCode s_shiftLeft = new(OpCodes.Shl);
    private static readonly NumericCode s_shiftRight = new(OpCodes.Shr);
    private static readonly NumericCode s_shiftRightUnsigned = new(OpCodes.Shr_Un);

    /// <summary>
    /// The shorter code for a right operand that is known: a divisor that is safe, a count that is masked.
    /// </summary>
    public static NumericCode? WithConstant(Opcode opcode) => opcode switch
    {
        Opcode.I32RemS or Opcode.I64RemS => s_remainder,
        Opcode.I32Shl or Opcode.I64Shl => s_shiftLeft,
        Opcode.I32ShrS or Opcode.I64ShrS => s_shiftRight,
        Opcode.I32ShrU or Opcode.I64ShrU => s_shiftRightUnsigned,
        _ => null,
    };

    public static int SlotOf(Opcode opcode) =>
        (int)opcode < Prefixed ? (int)opcode : Prefixed + ((int)opcode & (Prefixed - 1));

    public static NumericCode?[] Build()
    {
        var codes = new NumericCode?[2 * Prefixed];
        AddComparisons(codes);
        AddIntegers(codes, Opcode.I32Clz, typeof(int), typeof(uint), mask: 31);
        AddIntegers(codes, Opcode.I64Clz, typeof(long), typeof(ulong), mask: 63);
        AddFloats(codes, Opcode.F32Abs, typeof(float), typeof(MathF));
        AddFloats(codes, Opcode.F64Abs, typeof(double), typeof(Math));
        AddTruncations(codes);
        AddConversions(codes);
        return codes;
    }

    private static void AddComparisons(NumericCode?[] codes)
    {
        Set(codes, Opcode.I32Eqz, s_negate);
        Set(codes, Opcode.I64Eqz, 0, OpCodes.Conv_I8, OpCodes.Ceq);
        AddIntegerComparisons(codes, Opcode.I32Eq);
        AddIntegerComparisons(codes, Opcode.I64Eq);
        AddFloatComparisons(codes, Opcode.F32Eq);
        AddFloatComparisons(codes, Opcode.F64Eq);
    }

    private static void AddIntegerComparisons(NumericCode?[] codes, Opcode equal)
    {
        Set(codes, equal, OpCodes.Ceq);
        Set(codes, equal + 1, [OpCodes.Ceq, .. s_negate]);
        Set(codes, equal + 2, OpCodes.Clt);
        Set(codes, equal + 3, OpCodes.Clt_Un);
        Set(codes, equal + 4, OpCodes.Cgt);
        Set(codes, equal + 5, OpCodes.Cgt_Un);
        Set(codes, equal + 6, [OpCodes.Cgt, .. s_negate]);
        Set(codes, equal + 7, [OpCodes.Cgt_Un, .. s_negate]);
        Set(codes, equal + 8, [OpCodes.Clt, .. s_negate]);
        Set(codes, equal + 9, [OpCodes.Clt_Un, .. s_negate]);
    }

    // "Less or equal" is "not (greater or unordered)".
    private static void AddFloatComparisons(NumericCode?[] codes, Opcode equal)
    {
        Set(codes, equal, OpCodes.Ceq);
        Set(codes, equal + 1, [OpCodes.Ceq, .. s_negate]);
        Set(codes, equal + 2, OpCodes.Clt);
        Set(codes, equal + 3, OpCodes.Cgt);
        Set(codes, equal + 4, [OpCodes.Cgt_Un, .. s_negate]);
        Set(codes, equal + 5, [OpCodes.Clt_Un, .. s_negate]);
    }

    private static void AddIntegers(NumericCode?[] codes, Opcode first, Type signed, Type unsigned, int mask)
    {
        bool isLong = mask == 63;
        object[] widen = isLong ? [OpCodes.Conv_I8] : [];
        object[] count = isLong ? [OpCodes.Conv_I4, mask, OpCodes.And] : [mask, OpCodes.And];
        Set(codes, first, [RuntimeMembers.Bit(nameof(BitOperations.LeadingZeroCount), unsigned), .. widen]);
        Set(codes, first + 1, [RuntimeMembers.Bit(nameof(BitOperations.TrailingZeroCount), unsigned), .. widen]);
        Set(codes, first + 2, [RuntimeMembers.Bit(nameof(BitOperations.PopCount), unsigned), .. widen]);
        Set(codes, first + 3, OpCodes.Add);
        Set(codes, first + 4, OpCodes.Sub);
        Set(codes, first + 5, OpCodes.Mul);
        Set(codes, first + 6, OpCodes.Div);
        Set(codes, first + 7, OpCodes.Div_Un);
        Set(codes, first + 8, RuntimeMembers.Numeric(nameof(Numerics.Remainder), signed, operands: 2));
        Set(codes, first + 9, OpCodes.Rem_Un);
        Set(codes, first + 10, OpCodes.And);
        Set(codes, first + 11, OpCodes.Or);
        Set(codes, first + 12, OpCodes.Xor);
        Set(codes, first + 13, [.. count, OpCodes.Shl]);
        Set(codes, first + 14, [.. count, OpCodes.Shr]);
        Set(codes, first + 15, [.. count, OpCodes.Shr_Un]);

        // Masked although the method does it: of a larger constant, .NET 10 makes an instruction that is too long.
        Set(codes, first + 16, [.. count, RuntimeMembers.Rotation(nameof(BitOperations.RotateLeft), unsigned)]);
        Set(codes, first + 17, [.. count, RuntimeMembers.Rotation(nameof(BitOperations.RotateRight), unsigned)]);
    }

    private static void AddFloats(
        NumericCode?[] codes,
        Opcode first,
        Type type,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods)] Type library)
    {
        object Library(string name, int operands = 1) =>
            library.GetMethod(name, operands == 1 ? [type] : [type, type])!;

        Set(codes, first, Library(nameof(Math.Abs)));
        Set(codes, first + 1, OpCodes.Neg);
        Set(codes, first + 2, Library(nameof(Math.Ceiling)));
        Set(codes, first + 3, Library(nameof(Math.Floor)));
        Set(codes, first + 4, Library(nameof(Math.Truncate)));
        Set(codes, first + 5, Library(nameof(Math.Round)));
        Set(codes, first + 6, Library(nameof(Math.Sqrt)));
        Set(codes, first + 7, OpCodes.Add);
        Set(codes, first + 8, OpCodes.Sub);
        Set(codes, first + 9, OpCodes.Mul);
        Set(codes, first + 10, OpCodes.Div);
        Set(codes, first + 11, RuntimeMembers.Numeric(nameof(Numerics.Minimum), type, operands: 2));
        Set(codes, first + 12, RuntimeMembers.Numeric(nameof(Numerics.Maximum), type, operands: 2));
        Set(codes, first + 13, Library(nameof(Math.CopySign), operands: 2));
    }

    /// <summary>Saturating conversions, which the trapping ones are too after their checks.</summary>
    private static void AddTruncations(NumericCode?[] codes)
    {
        string[] names =
            [nameof(Numerics.ToInt32), nameof(Numerics.ToUInt32), nameof(Numerics.ToInt64), nameof(Numerics.ToUInt64)];
        Opcode[] trapping =
            [Opcode.I32TruncF32S, Opcode.I32TruncF32U, Opcode.I64TruncF32S, Opcode.I64TruncF32U];
        Opcode[] saturating =
            [Opcode.I32TruncSatF32S, Opcode.I32TruncSatF32U, Opcode.I64TruncSatF32S, Opcode.I64TruncSatF32U];
        for (int i = 0; i < names.Length; i++)
        {
            object convert = RuntimeMembers.Numeric(names[i], typeof(double));

            // The forms over doubles stand two opcodes after those over floats.
            foreach (Opcode single in (Opcode[])[trapping[i], saturating[i]])
            {
                Set(codes, single, OpCodes.Conv_R8, convert);
                Set(codes, single + 2, convert);
            }
        }
    }

    private static void AddConversions(NumericCode?[] codes)
    {
        Set(codes, Opcode.I32WrapI64, OpCodes.Conv_I4);
        Set(codes, Opcode.I64ExtendI32S, OpCodes.Conv_I8);
        Set(codes, Opcode.I64ExtendI32U, OpCodes.Conv_U8);
        Set(codes, Opcode.F32ConvertI32S, OpCodes.Conv_R4);
        Set(codes, Opcode.F32ConvertI32U, OpCodes.Conv_U8, OpCodes.Conv_R4);
        Set(codes, Opcode.F32ConvertI64S, OpCodes.Conv_R4);
        Set(codes, Opcode.F32ConvertI64U, RuntimeMembers.Numeric(nameof(Numerics.UInt64ToSingle), typeof(long)));
        Set(codes, Opcode.F32DemoteF64, OpCodes.Conv_R4);
        Set(codes, Opcode.F64ConvertI32S, OpCodes.Conv_R8);
        Set(codes, Opcode.F64ConvertI32U, OpCodes.Conv_U8, OpCodes.Conv_R8);
        Set(codes, Opcode.F64ConvertI64S, OpCodes.Conv_R8);
        Set(codes, Opcode.F64ConvertI64U, RuntimeMembers.Numeric(nameof(Numerics.UInt64ToDouble), typeof(long)));
        Set(codes, Opcode.F64PromoteF32, OpCodes.Conv_R8);
        Set(codes, Opcode.I32ReinterpretF32, RuntimeMembers.SingleToBits);
        Set(codes, Opcode.I64ReinterpretF64, RuntimeMembers.DoubleToBits);
        Set(codes, Opcode.F32ReinterpretI32, RuntimeMembers.Numeric(nameof(Numerics.OpaqueSingle), typeof(int)));
        Set(codes, Opcode.F64ReinterpretI64, RuntimeMembers.BitsToDouble);
        Set(codes, Opcode.I32Extend8S, OpCodes.Conv_I1);
        Set(codes, Opcode.I32Extend16S, OpCodes.Conv_I2);
        Set(codes, Opcode.I64Extend8S, OpCodes.Conv_I1, OpCodes.Conv_I8);
        Set(codes, Opcode.I64Extend16S, OpCodes.Conv_I2, OpCodes.Conv_I8);
        Set(codes, Opcode.I64Extend32S, OpCodes.Conv_I4, OpCodes.Conv_I8);
    }

    private static void Set(NumericCode?[] codes, Opcode opcode, params object[] steps) =>
        codes[SlotOf(opcode)] = new NumericCode(steps);
}
