using System.Runtime.Intrinsics;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>Constants with which an operation on floats gives the other operand, less a NaN's quieting.</summary>
/// <remarks>WebAssembly 2.0, section 4.3.3: every arithmetic operation gives a quiet NaN.</remarks>
internal static class VectorIdentity
{
    /// <summary>Whether any lane of a constant is neutral in an operation, whatever its sign.</summary>
    public static bool IsIn(Opcode opcode, Vector128<byte> constant) => opcode switch
    {
        Opcode.F32x4Add or Opcode.F32x4Sub or Opcode.F32x4Min or Opcode.F32x4Max => HasSingle(constant, 0),
        Opcode.F64x2Add or Opcode.F64x2Sub or Opcode.F64x2Min or Opcode.F64x2Max => HasDouble(constant, 0),
        Opcode.F32x4Mul or Opcode.F32x4Div => HasSingle(constant, 1),
        Opcode.F64x2Mul or Opcode.F64x2Div => HasDouble(constant, 1),
        Opcode.F32x4RelaxedMadd or Opcode.F32x4RelaxedNmadd => HasSingle(constant, 0) || HasSingle(constant, 1),
        Opcode.F64x2RelaxedMadd or Opcode.F64x2RelaxedNmadd => HasDouble(constant, 0) || HasDouble(constant, 1),
        Opcode.F32x4RelaxedMin or Opcode.F32x4RelaxedMax => HasSingle(constant, 0),
        Opcode.F64x2RelaxedMin or Opcode.F64x2RelaxedMax => HasDouble(constant, 0),
        _ => false,
    };

    private static bool HasSingle(Vector128<byte> constant, float value) =>
        Vector128.EqualsAny(Vector128.Abs(constant.AsSingle()), Vector128.Create(value));

    private static bool HasDouble(Vector128<byte> constant, double value) =>
        Vector128.EqualsAny(Vector128.Abs(constant.AsDouble()), Vector128.Create(value));
}
