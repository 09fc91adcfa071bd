using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Vectors;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <summary>Computes with vectors: one expression for each instruction.</summary>
/// <remarks>WebAssembly 2.0, section 4.4.3. Compiled code has the same methods: <c>Emit/Vectors</c>.</remarks>
internal static partial class VectorNumerics
{
    /// <summary>What is told of a vector by a number.</summary>
    internal static uint Test(Opcode opcode, Vector128<byte> vector) => opcode switch
    {
        Opcode.I8x16AllTrue => (uint)IntegerLanes.I8x16AllTrue(vector),
        Opcode.I8x16Bitmask => Vector128.ExtractMostSignificantBits(vector),
        Opcode.I16x8AllTrue => (uint)IntegerLanes.I16x8AllTrue(vector),
        Opcode.I16x8Bitmask => Vector128.ExtractMostSignificantBits(vector.AsUInt16()),
        Opcode.I32x4AllTrue => (uint)IntegerLanes.I32x4AllTrue(vector),
        Opcode.I32x4Bitmask => Vector128.ExtractMostSignificantBits(vector.AsUInt32()),
        Opcode.I64x2AllTrue => (uint)IntegerLanes.I64x2AllTrue(vector),
        Opcode.I64x2Bitmask => Vector128.ExtractMostSignificantBits(vector.AsUInt64()),
        Opcode.V128AnyTrue => (uint)IntegerLanes.V128AnyTrue(vector),
        _ => throw new InvalidOperationException($"No such instruction: {opcode}."),
    };

    internal static Vector128<byte> Unary(Opcode opcode, Vector128<byte> vector) => opcode switch
    {
        Opcode.I8x16Abs => Vector128.Abs(vector.AsSByte()).AsByte(),
        Opcode.I8x16Neg => Vector128.Negate(vector.AsSByte()).AsByte(),
        Opcode.I16x8Abs => Vector128.Abs(vector.AsInt16()).AsByte(),
        Opcode.I16x8Neg => Vector128.Negate(vector.AsInt16()).AsByte(),
        Opcode.I16x8ExtendLowI8x16S => Vector128.WidenLower(vector.AsSByte()).AsByte(),
        Opcode.I16x8ExtendLowI8x16U => Vector128.WidenLower(vector).AsByte(),
        Opcode.I16x8ExtendHighI8x16S => Vector128.WidenUpper(vector.AsSByte()).AsByte(),
        Opcode.I16x8ExtendHighI8x16U => Vector128.WidenUpper(vector).AsByte(),
        Opcode.I16x8ExtaddPairwiseI8x16S => IntegerLanes.I16x8ExtaddPairwiseI8x16S(vector),
        Opcode.I16x8ExtaddPairwiseI8x16U => IntegerLanes.I16x8ExtaddPairwiseI8x16U(vector),
        Opcode.I32x4Abs => Vector128.Abs(vector.AsInt32()).AsByte(),
        Opcode.I32x4Neg => Vector128.Negate(vector.AsInt32()).AsByte(),
        Opcode.I32x4ExtendLowI16x8S => Vector128.WidenLower(vector.AsInt16()).AsByte(),
        Opcode.I32x4ExtendLowI16x8U => Vector128.WidenLower(vector.AsUInt16()).AsByte(),
        Opcode.I32x4ExtendHighI16x8S => Vector128.WidenUpper(vector.AsInt16()).AsByte(),
        Opcode.I32x4ExtendHighI16x8U => Vector128.WidenUpper(vector.AsUInt16()).AsByte(),
        Opcode.I32x4ExtaddPairwiseI16x8S => IntegerLanes.I32x4ExtaddPairwiseI16x8S(vector),
        Opcode.I32x4ExtaddPairwiseI16x8U => IntegerLanes.I32x4ExtaddPairwiseI16x8U(vector),
        Opcode.I64x2Abs => Vector128.Abs(vector.AsInt64()).AsByte(),
        Opcode.I64x2Neg => Vector128.Negate(vector.AsInt64()).AsByte(),
        Opcode.I64x2ExtendLowI32x4S => Vector128.WidenLower(vector.AsInt32()).AsByte(),
        Opcode.I64x2ExtendLowI32x4U => Vector128.WidenLower(vector.AsUInt32()).AsByte(),
        Opcode.I64x2ExtendHighI32x4S => Vector128.WidenUpper(vector.AsInt32()).AsByte(),
        Opcode.I64x2ExtendHighI32x4U => Vector128.WidenUpper(vector.AsUInt32()).AsByte(),
        Opcode.V128Not => ~vector,
        Opcode.I8x16Popcnt => IntegerLanes.I8x16Popcnt(vector),
        _ => UnaryOnFloats(opcode, vector),
    };

    internal static Vector128<byte> Shift(Opcode opcode, Vector128<byte> vector, int count) => opcode switch
    {
        Opcode.I8x16Shl => Vector128.ShiftLeft(vector, count & 7),
        Opcode.I8x16ShrS => Vector128.ShiftRightArithmetic(vector.AsSByte(), count & 7).AsByte(),
        Opcode.I8x16ShrU => Vector128.ShiftRightLogical(vector, count & 7),
        Opcode.I16x8Shl => Vector128.ShiftLeft(vector.AsUInt16(), count & 15).AsByte(),
        Opcode.I16x8ShrS => Vector128.ShiftRightArithmetic(vector.AsInt16(), count & 15).AsByte(),
        Opcode.I16x8ShrU => Vector128.ShiftRightLogical(vector.AsUInt16(), count & 15).AsByte(),
        Opcode.I32x4Shl => Vector128.ShiftLeft(vector.AsUInt32(), count & 31).AsByte(),
        Opcode.I32x4ShrS => Vector128.ShiftRightArithmetic(vector.AsInt32(), count & 31).AsByte(),
        Opcode.I32x4ShrU => Vector128.ShiftRightLogical(vector.AsUInt32(), count & 31).AsByte(),
        Opcode.I64x2Shl => Vector128.ShiftLeft(vector.AsUInt64(), count & 63).AsByte(),
        Opcode.I64x2ShrS => Vector128.ShiftRightArithmetic(vector.AsInt64(), count & 63).AsByte(),
        Opcode.I64x2ShrU => Vector128.ShiftRightLogical(vector.AsUInt64(), count & 63).AsByte(),
        _ => throw new InvalidOperationException($"No such instruction: {opcode}."),
    };

    // Relaxed selections of lanes are by bits, too.
    internal static Vector128<byte> Ternary(
        Opcode opcode, Vector128<byte> first, Vector128<byte> second, Vector128<byte> third) => opcode switch
    {
        Opcode.F32x4RelaxedMadd => FloatLanes.F32x4RelaxedMadd(first, second, third),
        Opcode.F32x4RelaxedNmadd => FloatLanes.F32x4RelaxedNmadd(first, second, third),
        Opcode.F64x2RelaxedMadd => FloatLanes.F64x2RelaxedMadd(first, second, third),
        Opcode.F64x2RelaxedNmadd => FloatLanes.F64x2RelaxedNmadd(first, second, third),
        Opcode.I32x4RelaxedDotI8x16I7x16AddS => IntegerLanes.I32x4RelaxedDotI8x16I7x16AddS(first, second, third),
        _ => Vector128.ConditionalSelect(third, first, second),
    };
}
