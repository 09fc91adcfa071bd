using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Vectors;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>Which methods each vector instruction becomes.</summary>
/// <remarks>
/// A method of <see cref="Vector128"/> is an instruction or a few to the runtime's compiler, in functions of any size;
/// those of the engine it puts in their place where they are called, as long as a function is not too large for that.
/// Made at the first use. Safe for use by many threads. WebAssembly 2.0, section 4.4.3.
/// </remarks>
internal static partial class VectorTable
{
    private const int PageSize = 0x100;

    private static readonly VectorCode?[] s_codes = new VectorCode?[4 * PageSize];
    private static readonly VectorCode s_not = Lanes(nameof(Vector128.OnesComplement), typeof(byte));
    private static readonly VectorCode s_canonicalSingles = Own(nameof(FloatLanes.CanonicalSingles));
    private static readonly VectorCode s_canonicalDoubles = Own(nameof(FloatLanes.CanonicalDoubles));
    private static readonly VectorCode s_load32 = Scalar(typeof(uint));
    private static readonly VectorCode s_load64 = Scalar(typeof(ulong));

    public static VectorCode Of(Opcode opcode) =>
        s_codes[(int)opcode & ((4 * PageSize) - 1)] ??= Make(OrdinaryOf(opcode));

    /// <summary>What puts the canonical NaN in place of what an instruction gives; null if it gives no NaN.</summary>
    public static VectorCode? CanonicalOf(Opcode opcode) =>
        OpcodeTable.MakesSingleNaNs(opcode) ? s_canonicalSingles
        : OpcodeTable.MakesDoubleNaNs(opcode) ? s_canonicalDoubles
        : null;

    private static VectorCode Make(Opcode opcode) =>
        OfBits(opcode) ?? OfLanes(opcode) ?? OfComparison(opcode) ?? OfArithmetic(opcode) ?? OfFloats(opcode)
        ?? OfConversion(opcode) ?? Own(opcode.ToString());

    private static VectorCode? OfBits(Opcode opcode) => opcode switch
    {
        Opcode.V128Not => s_not,
        Opcode.V128And => Lanes(nameof(Vector128.BitwiseAnd), typeof(byte), 2),
        Opcode.V128Andnot => Lanes(nameof(Vector128.AndNot), typeof(byte), 2),
        Opcode.V128Or => Lanes(nameof(Vector128.BitwiseOr), typeof(byte), 2),
        Opcode.V128Xor => Lanes(nameof(Vector128.Xor), typeof(byte), 2),
        Opcode.V128Bitselect => Lanes(nameof(Vector128.ConditionalSelect), typeof(byte), 3),
        Opcode.V128Load32Zero => s_load32,
        Opcode.V128Load64Zero => s_load64,
        _ => null,
    };

    private static VectorCode? OfLanes(Opcode opcode) => opcode switch
    {
        Opcode.I8x16Splat => Splat(typeof(byte)),
        Opcode.I8x16ExtractLaneS => Extract(typeof(sbyte)),
        Opcode.I8x16ExtractLaneU => Extract(typeof(byte)),
        Opcode.I8x16ReplaceLane => Replace(typeof(byte)),
        Opcode.I16x8Splat => Splat(typeof(ushort)),
        Opcode.I16x8ExtractLaneS => Extract(typeof(short)),
        Opcode.I16x8ExtractLaneU => Extract(typeof(ushort)),
        Opcode.I16x8ReplaceLane => Replace(typeof(ushort)),
        Opcode.I32x4Splat => Splat(typeof(uint)),
        Opcode.I32x4ExtractLane => Extract(typeof(uint)),
        Opcode.I32x4ReplaceLane => Replace(typeof(uint)),
        Opcode.I64x2Splat => Splat(typeof(ulong)),
        Opcode.I64x2ExtractLane => Extract(typeof(ulong)),
        Opcode.I64x2ReplaceLane => Replace(typeof(ulong)),
        Opcode.F32x4Splat => Splat(typeof(float)),
        Opcode.F32x4ExtractLane => Extract(typeof(float)),
        Opcode.F32x4ReplaceLane => Replace(typeof(float)),
        Opcode.F64x2Splat => Splat(typeof(double)),
        Opcode.F64x2ExtractLane => Extract(typeof(double)),
        Opcode.F64x2ReplaceLane => Replace(typeof(double)),
        _ => null,
    };

    private static VectorCode? OfComparison(Opcode opcode) => opcode switch
    {
        Opcode.I8x16Eq => Lanes(nameof(Vector128.Equals), typeof(byte), 2),
        Opcode.I8x16Ne => Lanes(nameof(Vector128.Equals), typeof(byte), 2).Then(s_not),
        Opcode.I8x16LtS => Lanes(nameof(Vector128.LessThan), typeof(sbyte), 2),
        Opcode.I8x16LtU => Lanes(nameof(Vector128.LessThan), typeof(byte), 2),
        Opcode.I8x16GtS => Lanes(nameof(Vector128.GreaterThan), typeof(sbyte), 2),
        Opcode.I8x16GtU => Lanes(nameof(Vector128.GreaterThan), typeof(byte), 2),
        Opcode.I8x16LeS => Lanes(nameof(Vector128.LessThanOrEqual), typeof(sbyte), 2),
        Opcode.I8x16LeU => Lanes(nameof(Vector128.LessThanOrEqual), typeof(byte), 2),
        Opcode.I8x16GeS => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(sbyte), 2),
        Opcode.I8x16GeU => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(byte), 2),
        Opcode.I16x8Eq => Lanes(nameof(Vector128.Equals), typeof(ushort), 2),
        Opcode.I16x8Ne => Lanes(nameof(Vector128.Equals), typeof(ushort), 2).Then(s_not),
        Opcode.I16x8LtS => Lanes(nameof(Vector128.LessThan), typeof(short), 2),
        Opcode.I16x8LtU => Lanes(nameof(Vector128.LessThan), typeof(ushort), 2),
        Opcode.I16x8GtS => Lanes(nameof(Vector128.GreaterThan), typeof(short), 2),
        Opcode.I16x8GtU => Lanes(nameof(Vector128.GreaterThan), typeof(ushort), 2),
        Opcode.I16x8LeS => Lanes(nameof(Vector128.LessThanOrEqual), typeof(short), 2),
        Opcode.I16x8LeU => Lanes(nameof(Vector128.LessThanOrEqual), typeof(ushort), 2),
        Opcode.I16x8GeS => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(short), 2),
        Opcode.I16x8GeU => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(ushort), 2),
        Opcode.I32x4Eq => Lanes(nameof(Vector128.Equals), typeof(uint), 2),
        Opcode.I32x4Ne => Lanes(nameof(Vector128.Equals), typeof(uint), 2).Then(s_not),
        Opcode.I32x4LtS => Lanes(nameof(Vector128.LessThan), typeof(int), 2),
        Opcode.I32x4LtU => Lanes(nameof(Vector128.LessThan), typeof(uint), 2),
        Opcode.I32x4GtS => Lanes(nameof(Vector128.GreaterThan), typeof(int), 2),
        Opcode.I32x4GtU => Lanes(nameof(Vector128.GreaterThan), typeof(uint), 2),
        Opcode.I32x4LeS => Lanes(nameof(Vector128.LessThanOrEqual), typeof(int), 2),
        Opcode.I32x4LeU => Lanes(nameof(Vector128.LessThanOrEqual), typeof(uint), 2),
        Opcode.I32x4GeS => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(int), 2),
        Opcode.I32x4GeU => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(uint), 2),
        Opcode.I64x2Eq => Lanes(nameof(Vector128.Equals), typeof(ulong), 2),
        Opcode.I64x2Ne => Lanes(nameof(Vector128.Equals), typeof(ulong), 2).Then(s_not),
        Opcode.I64x2LtS => Lanes(nameof(Vector128.LessThan), typeof(long), 2),
        Opcode.I64x2GtS => Lanes(nameof(Vector128.GreaterThan), typeof(long), 2),
        Opcode.I64x2LeS => Lanes(nameof(Vector128.LessThanOrEqual), typeof(long), 2),
        Opcode.I64x2GeS => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(long), 2),
        Opcode.F32x4Eq => Lanes(nameof(Vector128.Equals), typeof(float), 2),
        Opcode.F32x4Ne => Lanes(nameof(Vector128.Equals), typeof(float), 2).Then(s_not),
        Opcode.F32x4Lt => Lanes(nameof(Vector128.LessThan), typeof(float), 2),
        Opcode.F32x4Gt => Lanes(nameof(Vector128.GreaterThan), typeof(float), 2),
        Opcode.F32x4Le => Lanes(nameof(Vector128.LessThanOrEqual), typeof(float), 2),
        Opcode.F32x4Ge => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(float), 2),
        Opcode.F64x2Eq => Lanes(nameof(Vector128.Equals), typeof(double), 2),
        Opcode.F64x2Ne => Lanes(nameof(Vector128.Equals), typeof(double), 2).Then(s_not),
        Opcode.F64x2Lt => Lanes(nameof(Vector128.LessThan), typeof(double), 2),
        Opcode.F64x2Gt => Lanes(nameof(Vector128.GreaterThan), typeof(double), 2),
        Opcode.F64x2Le => Lanes(nameof(Vector128.LessThanOrEqual), typeof(double), 2),
        Opcode.F64x2Ge => Lanes(nameof(Vector128.GreaterThanOrEqual), typeof(double), 2),
        _ => null,
    };

    private static VectorCode? OfArithmetic(Opcode opcode) => opcode switch
    {
        Opcode.I8x16Add => Lanes(nameof(Vector128.Add), typeof(byte), 2),
        Opcode.I8x16Sub => Lanes(nameof(Vector128.Subtract), typeof(byte), 2),
        Opcode.I8x16AddSatS => Lanes(nameof(Vector128.AddSaturate), typeof(sbyte), 2),
        Opcode.I8x16AddSatU => Lanes(nameof(Vector128.AddSaturate), typeof(byte), 2),
        Opcode.I8x16SubSatS => Lanes(nameof(Vector128.SubtractSaturate), typeof(sbyte), 2),
        Opcode.I8x16SubSatU => Lanes(nameof(Vector128.SubtractSaturate), typeof(byte), 2),
        Opcode.I8x16MinS => Lanes(nameof(Vector128.Min), typeof(sbyte), 2),
        Opcode.I8x16MinU => Lanes(nameof(Vector128.Min), typeof(byte), 2),
        Opcode.I8x16MaxS => Lanes(nameof(Vector128.Max), typeof(sbyte), 2),
        Opcode.I8x16MaxU => Lanes(nameof(Vector128.Max), typeof(byte), 2),
        Opcode.I8x16Abs => Lanes(nameof(Vector128.Abs), typeof(sbyte)),
        Opcode.I8x16Neg => Lanes(nameof(Vector128.Negate), typeof(sbyte)),
        Opcode.I8x16Bitmask => Lanes(nameof(Vector128.ExtractMostSignificantBits), typeof(byte)),
        Opcode.I8x16Shl => Shift(nameof(Vector128.ShiftLeft), typeof(byte), 7),
        Opcode.I8x16ShrS => Shift(nameof(Vector128.ShiftRightArithmetic), typeof(sbyte), 7),
        Opcode.I8x16ShrU => Shift(nameof(Vector128.ShiftRightLogical), typeof(byte), 7),
        Opcode.I16x8Add => Lanes(nameof(Vector128.Add), typeof(ushort), 2),
        Opcode.I16x8Sub => Lanes(nameof(Vector128.Subtract), typeof(ushort), 2),
        Opcode.I16x8Mul => Lanes(nameof(Vector128.Multiply), typeof(ushort), 2),
        Opcode.I16x8AddSatS => Lanes(nameof(Vector128.AddSaturate), typeof(short), 2),
        Opcode.I16x8AddSatU => Lanes(nameof(Vector128.AddSaturate), typeof(ushort), 2),
        Opcode.I16x8SubSatS => Lanes(nameof(Vector128.SubtractSaturate), typeof(short), 2),
        Opcode.I16x8SubSatU => Lanes(nameof(Vector128.SubtractSaturate), typeof(ushort), 2),
        Opcode.I16x8MinS => Lanes(nameof(Vector128.Min), typeof(short), 2),
        Opcode.I16x8MinU => Lanes(nameof(Vector128.Min), typeof(ushort), 2),
        Opcode.I16x8MaxS => Lanes(nameof(Vector128.Max), typeof(short), 2),
        Opcode.I16x8MaxU => Lanes(nameof(Vector128.Max), typeof(ushort), 2),
        Opcode.I16x8Abs => Lanes(nameof(Vector128.Abs), typeof(short)),
        Opcode.I16x8Neg => Lanes(nameof(Vector128.Negate), typeof(short)),
        Opcode.I16x8Bitmask => Lanes(nameof(Vector128.ExtractMostSignificantBits), typeof(ushort)),
        Opcode.I16x8Shl => Shift(nameof(Vector128.ShiftLeft), typeof(ushort), 15),
        Opcode.I16x8ShrS => Shift(nameof(Vector128.ShiftRightArithmetic), typeof(short), 15),
        Opcode.I16x8ShrU => Shift(nameof(Vector128.ShiftRightLogical), typeof(ushort), 15),
        Opcode.I32x4Add => Lanes(nameof(Vector128.Add), typeof(uint), 2),
        Opcode.I32x4Sub => Lanes(nameof(Vector128.Subtract), typeof(uint), 2),
        Opcode.I32x4Mul => Lanes(nameof(Vector128.Multiply), typeof(uint), 2),
        Opcode.I32x4MinS => Lanes(nameof(Vector128.Min), typeof(int), 2),
        Opcode.I32x4MinU => Lanes(nameof(Vector128.Min), typeof(uint), 2),
        Opcode.I32x4MaxS => Lanes(nameof(Vector128.Max), typeof(int), 2),
        Opcode.I32x4MaxU => Lanes(nameof(Vector128.Max), typeof(uint), 2),
        Opcode.I32x4Abs => Lanes(nameof(Vector128.Abs), typeof(int)),
        Opcode.I32x4Neg => Lanes(nameof(Vector128.Negate), typeof(int)),
        Opcode.I32x4Bitmask => Lanes(nameof(Vector128.ExtractMostSignificantBits), typeof(uint)),
        Opcode.I32x4Shl => Shift(nameof(Vector128.ShiftLeft), typeof(uint), 31),
        Opcode.I32x4ShrS => Shift(nameof(Vector128.ShiftRightArithmetic), typeof(int), 31),
        Opcode.I32x4ShrU => Shift(nameof(Vector128.ShiftRightLogical), typeof(uint), 31),
        Opcode.I64x2Add => Lanes(nameof(Vector128.Add), typeof(ulong), 2),
        Opcode.I64x2Sub => Lanes(nameof(Vector128.Subtract), typeof(ulong), 2),
        Opcode.I64x2Mul => Lanes(nameof(Vector128.Multiply), typeof(ulong), 2),
        Opcode.I64x2Abs => Lanes(nameof(Vector128.Abs), typeof(long)),
        Opcode.I64x2Neg => Lanes(nameof(Vector128.Negate), typeof(long)),
        Opcode.I64x2Bitmask => Lanes(nameof(Vector128.ExtractMostSignificantBits), typeof(ulong)),
        Opcode.I64x2Shl => Shift(nameof(Vector128.ShiftLeft), typeof(ulong), 63),
        Opcode.I64x2ShrS => Shift(nameof(Vector128.ShiftRightArithmetic), typeof(long), 63),
        Opcode.I64x2ShrU => Shift(nameof(Vector128.ShiftRightLogical), typeof(ulong), 63),
        _ => null,
    };

    private static VectorCode? OfFloats(Opcode opcode) => opcode switch
    {
        Opcode.F32x4Ceil => Lanes(nameof(Vector128.Ceiling), typeof(float)),
        Opcode.F32x4Floor => Lanes(nameof(Vector128.Floor), typeof(float)),
        Opcode.F32x4Trunc => Lanes(nameof(Vector128.Truncate), typeof(float)),
        Opcode.F32x4Nearest => Lanes(nameof(Vector128.Round), typeof(float)),
        Opcode.F32x4Abs => Lanes(nameof(Vector128.Abs), typeof(float)),
        Opcode.F32x4Neg => Lanes(nameof(Vector128.Negate), typeof(float)),
        Opcode.F32x4Sqrt => Lanes(nameof(Vector128.Sqrt), typeof(float)),
        Opcode.F32x4Add => Lanes(nameof(Vector128.Add), typeof(float), 2),
        Opcode.F32x4Sub => Lanes(nameof(Vector128.Subtract), typeof(float), 2),
        Opcode.F32x4Mul => Lanes(nameof(Vector128.Multiply), typeof(float), 2),
        Opcode.F32x4Div => Lanes(nameof(Vector128.Divide), typeof(float), 2),
        Opcode.F64x2Ceil => Lanes(nameof(Vector128.Ceiling), typeof(double)),
        Opcode.F64x2Floor => Lanes(nameof(Vector128.Floor), typeof(double)),
        Opcode.F64x2Trunc => Lanes(nameof(Vector128.Truncate), typeof(double)),
        Opcode.F64x2Nearest => Lanes(nameof(Vector128.Round), typeof(double)),
        Opcode.F64x2Abs => Lanes(nameof(Vector128.Abs), typeof(double)),
        Opcode.F64x2Neg => Lanes(nameof(Vector128.Negate), typeof(double)),
        Opcode.F64x2Sqrt => Lanes(nameof(Vector128.Sqrt), typeof(double)),
        Opcode.F64x2Add => Lanes(nameof(Vector128.Add), typeof(double), 2),
        Opcode.F64x2Sub => Lanes(nameof(Vector128.Subtract), typeof(double), 2),
        Opcode.F64x2Mul => Lanes(nameof(Vector128.Multiply), typeof(double), 2),
        Opcode.F64x2Div => Lanes(nameof(Vector128.Divide), typeof(double), 2),
        _ => null,
    };

    private static VectorCode? OfConversion(Opcode opcode) => opcode switch
    {
        Opcode.I8x16NarrowI16x8S => Lanes(nameof(Vector128.NarrowWithSaturation), typeof(short), 2),
        Opcode.I16x8NarrowI32x4S => Lanes(nameof(Vector128.NarrowWithSaturation), typeof(int), 2),
        Opcode.I16x8ExtendLowI8x16S => Lanes(nameof(Vector128.WidenLower), typeof(sbyte)),
        Opcode.I16x8ExtendLowI8x16U => Lanes(nameof(Vector128.WidenLower), typeof(byte)),
        Opcode.I16x8ExtendHighI8x16S => Lanes(nameof(Vector128.WidenUpper), typeof(sbyte)),
        Opcode.I16x8ExtendHighI8x16U => WidenUpper(typeof(byte)),
        Opcode.I32x4ExtendLowI16x8S => Lanes(nameof(Vector128.WidenLower), typeof(short)),
        Opcode.I32x4ExtendLowI16x8U => Lanes(nameof(Vector128.WidenLower), typeof(ushort)),
        Opcode.I32x4ExtendHighI16x8S => Lanes(nameof(Vector128.WidenUpper), typeof(short)),
        Opcode.I32x4ExtendHighI16x8U => WidenUpper(typeof(ushort)),
        Opcode.I64x2ExtendLowI32x4S => Lanes(nameof(Vector128.WidenLower), typeof(int)),
        Opcode.I64x2ExtendLowI32x4U => Lanes(nameof(Vector128.WidenLower), typeof(uint)),
        Opcode.I64x2ExtendHighI32x4S => Lanes(nameof(Vector128.WidenUpper), typeof(int)),
        Opcode.I64x2ExtendHighI32x4U => WidenUpper(typeof(uint)),
        Opcode.F64x2PromoteLowF32x4 => Lanes(nameof(Vector128.WidenLower), typeof(float)),
        Opcode.I32x4TruncSatF32x4S => Lanes(nameof(Vector128.ConvertToInt32), typeof(float)),
        Opcode.I32x4TruncSatF32x4U => Lanes(nameof(Vector128.ConvertToUInt32), typeof(float)),
        Opcode.F32x4ConvertI32x4S => Lanes(nameof(Vector128.ConvertToSingle), typeof(int)),
        Opcode.F32x4ConvertI32x4U => Lanes(nameof(Vector128.ConvertToSingle), typeof(uint)),
        Opcode.V128Load8x8S => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(sbyte))),
        Opcode.V128Load8x8U => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(byte))),
        Opcode.V128Load16x4S => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(short))),
        Opcode.V128Load16x4U => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(ushort))),
        Opcode.V128Load32x2S => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(int))),
        Opcode.V128Load32x2U => s_load64.Then(Lanes(nameof(Vector128.WidenLower), typeof(uint))),
        _ => null,
    };

    /// <summary>The instruction that does what a relaxed one does here.</summary>
    private static Opcode OrdinaryOf(Opcode opcode) => opcode switch
    {
        Opcode.I8x16RelaxedSwizzle => Opcode.I8x16Swizzle,
        Opcode.I32x4RelaxedTruncF32x4S => Opcode.I32x4TruncSatF32x4S,
        Opcode.I32x4RelaxedTruncF32x4U => Opcode.I32x4TruncSatF32x4U,
        Opcode.I32x4RelaxedTruncF64x2SZero => Opcode.I32x4TruncSatF64x2SZero,
        Opcode.I32x4RelaxedTruncF64x2UZero => Opcode.I32x4TruncSatF64x2UZero,
        >= Opcode.I8x16RelaxedLaneselect and <= Opcode.I64x2RelaxedLaneselect => Opcode.V128Bitselect,
        Opcode.F32x4RelaxedMin => Opcode.F32x4Min,
        Opcode.F32x4RelaxedMax => Opcode.F32x4Max,
        Opcode.F64x2RelaxedMin => Opcode.F64x2Min,
        Opcode.F64x2RelaxedMax => Opcode.F64x2Max,
        Opcode.I16x8RelaxedQ15mulrS => Opcode.I16x8Q15mulrSatS,
        _ => opcode,
    };
}
