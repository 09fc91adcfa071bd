using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Runtime.Vectors;

namespace Plugins.Wasm.Runtime.Interpretation;

/// <content>Vectors of floats.</content>
internal static partial class VectorNumerics
{
    private static Vector128<byte> UnaryOnFloats(Opcode opcode, Vector128<byte> vector) => opcode switch
    {
        Opcode.F32x4Ceil => Vector128.Ceiling(vector.AsSingle()).AsByte(),
        Opcode.F32x4Floor => Vector128.Floor(vector.AsSingle()).AsByte(),
        Opcode.F32x4Trunc => Vector128.Truncate(vector.AsSingle()).AsByte(),
        Opcode.F32x4Nearest => Vector128.Round(vector.AsSingle()).AsByte(),
        Opcode.F32x4Abs => Vector128.Abs(vector.AsSingle()).AsByte(),
        Opcode.F32x4Neg => Vector128.Negate(vector.AsSingle()).AsByte(),
        Opcode.F32x4Sqrt => Vector128.Sqrt(vector.AsSingle()).AsByte(),
        Opcode.F64x2Ceil => Vector128.Ceiling(vector.AsDouble()).AsByte(),
        Opcode.F64x2Floor => Vector128.Floor(vector.AsDouble()).AsByte(),
        Opcode.F64x2Trunc => Vector128.Truncate(vector.AsDouble()).AsByte(),
        Opcode.F64x2Nearest => Vector128.Round(vector.AsDouble()).AsByte(),
        Opcode.F64x2Abs => Vector128.Abs(vector.AsDouble()).AsByte(),
        Opcode.F64x2Neg => Vector128.Negate(vector.AsDouble()).AsByte(),
        Opcode.F64x2Sqrt => Vector128.Sqrt(vector.AsDouble()).AsByte(),
        Opcode.F32x4DemoteF64x2Zero => FloatLanes.F32x4DemoteF64x2Zero(vector),
        Opcode.F64x2PromoteLowF32x4 => Vector128.WidenLower(vector.AsSingle()).AsByte(),
        Opcode.I32x4TruncSatF32x4S or Opcode.I32x4RelaxedTruncF32x4S =>
            Vector128.ConvertToInt32(vector.AsSingle()).AsByte(),
        Opcode.I32x4TruncSatF32x4U or Opcode.I32x4RelaxedTruncF32x4U =>
            Vector128.ConvertToUInt32(vector.AsSingle()).AsByte(),
        Opcode.F32x4ConvertI32x4S => Vector128.ConvertToSingle(vector.AsInt32()).AsByte(),
        Opcode.F32x4ConvertI32x4U => Vector128.ConvertToSingle(vector.AsUInt32()).AsByte(),
        Opcode.I32x4TruncSatF64x2SZero or Opcode.I32x4RelaxedTruncF64x2SZero =>
            FloatLanes.I32x4TruncSatF64x2SZero(vector),
        Opcode.I32x4TruncSatF64x2UZero or Opcode.I32x4RelaxedTruncF64x2UZero =>
            FloatLanes.I32x4TruncSatF64x2UZero(vector),
        Opcode.F64x2ConvertLowI32x4S => FloatLanes.F64x2ConvertLowI32x4S(vector),
        Opcode.F64x2ConvertLowI32x4U => FloatLanes.F64x2ConvertLowI32x4U(vector),
        _ => throw new InvalidOperationException($"No such instruction: {opcode}."),
    };

    private static Vector128<byte> BinaryOnFloats(Opcode opcode, Vector128<byte> left, Vector128<byte> right) =>
        opcode switch
        {
            Opcode.F32x4Eq => Vector128.Equals(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Ne => ~Vector128.Equals(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Lt => Vector128.LessThan(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Gt => Vector128.GreaterThan(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Le => Vector128.LessThanOrEqual(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Ge => Vector128.GreaterThanOrEqual(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Add => Vector128.Add(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Sub => Vector128.Subtract(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Mul => Vector128.Multiply(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Div => Vector128.Divide(left.AsSingle(), right.AsSingle()).AsByte(),
            Opcode.F32x4Min or Opcode.F32x4RelaxedMin => FloatLanes.F32x4Min(left, right),
            Opcode.F32x4Max or Opcode.F32x4RelaxedMax => FloatLanes.F32x4Max(left, right),
            Opcode.F32x4Pmin => FloatLanes.F32x4Pmin(left, right),
            Opcode.F32x4Pmax => FloatLanes.F32x4Pmax(left, right),
            Opcode.F64x2Eq => Vector128.Equals(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Ne => ~Vector128.Equals(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Lt => Vector128.LessThan(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Gt => Vector128.GreaterThan(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Le => Vector128.LessThanOrEqual(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Ge => Vector128.GreaterThanOrEqual(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Add => Vector128.Add(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Sub => Vector128.Subtract(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Mul => Vector128.Multiply(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Div => Vector128.Divide(left.AsDouble(), right.AsDouble()).AsByte(),
            Opcode.F64x2Min or Opcode.F64x2RelaxedMin => FloatLanes.F64x2Min(left, right),
            Opcode.F64x2Max or Opcode.F64x2RelaxedMax => FloatLanes.F64x2Max(left, right),
            Opcode.F64x2Pmin => FloatLanes.F64x2Pmin(left, right),
            Opcode.F64x2Pmax => FloatLanes.F64x2Pmax(left, right),
            _ => throw new InvalidOperationException($"No such instruction: {opcode}."),
        };
}
