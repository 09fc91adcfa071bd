using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using Plugins.Wasm.Emit.Operands;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>A shuffle that takes sixteen bytes in a row out of two vectors.</summary>
/// <param name="Code">The processor's method.</param>
/// <param name="Start">Where in the first vector they begin.</param>
internal sealed record Extraction(VectorCode Code, int Start)
{
    private static readonly Type[] s_parameters = [typeof(Vector128<byte>), typeof(Vector128<byte>), typeof(byte)];

    // It names the vector first that the end is in.
    private static readonly MethodInfo? s_x86 =
        Ssse3.IsSupported ? typeof(Ssse3).GetMethod(nameof(Ssse3.AlignRight), s_parameters) : null;

    private static readonly MethodInfo? s_arm =
        AdvSimd.IsSupported ? typeof(AdvSimd).GetMethod(nameof(AdvSimd.ExtractVector128), s_parameters) : null;

    /// <summary>The one that a shuffle is, if there is such a method here.</summary>
    public static Extraction? Find(Vector128<byte> lanes)
    {
        byte start = lanes.ToScalar();
        bool isRow = lanes == Vector128<byte>.Indices + Vector128.Create(start);
        return isRow && (s_x86 ?? s_arm) is MethodInfo method
            ? new Extraction(VectorTable.Of(method, numberAt: 2), start)
            : null;
    }

    public VectorOperand Of(Operand low, Operand high) =>
        new(Code, ValueKind.V128, s_x86 is null ? [low, high] : [high, low], Start);
}
