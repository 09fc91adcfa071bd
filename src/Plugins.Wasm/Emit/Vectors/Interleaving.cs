using System.Reflection;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Plugins.Wasm.Emit.Vectors;

/// <summary>Shuffles that take lanes of both vectors by turns.</summary>
internal static class Interleaving
{
    private const int Bytes = 16;

    private static readonly Type[] s_vectors =
        [typeof(Vector128<byte>), typeof(Vector128<short>), typeof(Vector128<int>), typeof(Vector128<long>)];

    /// <summary>The processor's method for a shuffle; null where there is none.</summary>
    public static MethodInfo? Find(Vector128<byte> lanes)
    {
        for (int size = 0; size < s_vectors.Length; size++)
        {
            if (lanes == LanesOf(1 << size, isHigh: false))
            {
                return Method(s_vectors[size], nameof(Sse2.UnpackLow), nameof(AdvSimd.Arm64.ZipLow));
            }

            if (lanes == LanesOf(1 << size, isHigh: true))
            {
                return Method(s_vectors[size], nameof(Sse2.UnpackHigh), nameof(AdvSimd.Arm64.ZipHigh));
            }
        }

        return null;
    }

    private static Vector128<byte> LanesOf(int size, bool isHigh)
    {
        var lanes = new byte[Bytes];
        for (int i = 0; i < Bytes; i++)
        {
            int lane = i / size;
            int of = (lane / 2 * size) + (i % size) + (isHigh ? Bytes / 2 : 0);
            lanes[i] = (byte)(of + (lane % 2 * Bytes));
        }

        return Vector128.Create(lanes);
    }

    private static MethodInfo? Method(Type vector, string x86, string arm)
    {
        Type[] parameters = [vector, vector];
        return Sse2.IsSupported ? typeof(Sse2).GetMethod(x86, parameters)
            : AdvSimd.Arm64.IsSupported ? typeof(AdvSimd.Arm64).GetMethod(arm, parameters)
            : null;
    }
}
