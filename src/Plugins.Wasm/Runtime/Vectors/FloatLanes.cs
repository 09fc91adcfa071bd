using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plugins.Wasm.Runtime.Vectors;

/// <summary>The operators on lanes of floats that are not one method of <see cref="Vector128"/>.</summary>
/// <remarks>
/// Each is named as its opcode. WebAssembly 2.0, section 4.3.3: what is not a number comes out quiet. The processor's
/// minimum of x64 gives its second operand where either is not a number or both are zeros, so it is asked both ways.
/// </remarks>
internal static class FloatLanes
{
    // 2^52 in a double whose lowest 32 bits are free for a number.
    private const ulong Magic = 0x4330_0000_0000_0000;
    private const double MagicValue = 4_503_599_627_370_496;
    private const double TwoTo31 = 2_147_483_648;

    /// <summary>The vector, with the canonical NaN of a positive sign in each lane of 32 bits that is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> CanonicalSingles(Vector128<byte> vector)
    {
        Vector128<float> lanes = vector.AsSingle();
        return Vector128.ConditionalSelect(
            Vector128.Equals(lanes, lanes), lanes, Vector128.Create(0x7FC0_0000u).AsSingle()).AsByte();
    }

    /// <summary>The same for lanes of 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> CanonicalDoubles(Vector128<byte> vector)
    {
        Vector128<double> lanes = vector.AsDouble();
        return Vector128.ConditionalSelect(
            Vector128.Equals(lanes, lanes), lanes, Vector128.Create(0x7FF8_0000_0000_0000u).AsDouble()).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4Min(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<float> first = left.AsSingle(), second = right.AsSingle();
        Vector128<float> isOrdered = Vector128.Equals(first, first) & Vector128.Equals(second, second);
        Vector128<float> found = Sse.IsSupported
            ? Sse.Min(first, second) | Sse.Min(second, first)
            : Vector128.Min(first, second);
        return Vector128.ConditionalSelect(isOrdered, found, first + second).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4Max(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<float> first = left.AsSingle(), second = right.AsSingle();
        Vector128<float> isOrdered = Vector128.Equals(first, first) & Vector128.Equals(second, second);
        Vector128<float> found = Sse.IsSupported
            ? Sse.Max(first, second) & Sse.Max(second, first)
            : Vector128.Max(first, second);
        return Vector128.ConditionalSelect(isOrdered, found, first + second).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4Pmin(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<float> first = left.AsSingle(), second = right.AsSingle();
        return Sse.IsSupported
            ? Sse.Min(second, first).AsByte()
            : Vector128.ConditionalSelect(Vector128.LessThan(second, first), second, first).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4Pmax(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<float> first = left.AsSingle(), second = right.AsSingle();
        return Sse.IsSupported
            ? Sse.Max(second, first).AsByte()
            : Vector128.ConditionalSelect(Vector128.GreaterThan(second, first), second, first).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4RelaxedMadd(
        Vector128<byte> left, Vector128<byte> right, Vector128<byte> sum) =>
        Vector128.FusedMultiplyAdd(left.AsSingle(), right.AsSingle(), sum.AsSingle()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4RelaxedNmadd(
        Vector128<byte> left, Vector128<byte> right, Vector128<byte> sum) =>
        Vector128.FusedMultiplyAdd(-left.AsSingle(), right.AsSingle(), sum.AsSingle()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2Min(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<double> first = left.AsDouble(), second = right.AsDouble();
        Vector128<double> isOrdered = Vector128.Equals(first, first) & Vector128.Equals(second, second);
        Vector128<double> found = Sse2.IsSupported
            ? Sse2.Min(first, second) | Sse2.Min(second, first)
            : Vector128.Min(first, second);
        return Vector128.ConditionalSelect(isOrdered, found, first + second).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2Max(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<double> first = left.AsDouble(), second = right.AsDouble();
        Vector128<double> isOrdered = Vector128.Equals(first, first) & Vector128.Equals(second, second);
        Vector128<double> found = Sse2.IsSupported
            ? Sse2.Max(first, second) & Sse2.Max(second, first)
            : Vector128.Max(first, second);
        return Vector128.ConditionalSelect(isOrdered, found, first + second).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2Pmin(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<double> first = left.AsDouble(), second = right.AsDouble();
        return Sse2.IsSupported
            ? Sse2.Min(second, first).AsByte()
            : Vector128.ConditionalSelect(Vector128.LessThan(second, first), second, first).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2Pmax(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<double> first = left.AsDouble(), second = right.AsDouble();
        return Sse2.IsSupported
            ? Sse2.Max(second, first).AsByte()
            : Vector128.ConditionalSelect(Vector128.GreaterThan(second, first), second, first).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2RelaxedMadd(
        Vector128<byte> left, Vector128<byte> right, Vector128<byte> sum) =>
        Vector128.FusedMultiplyAdd(left.AsDouble(), right.AsDouble(), sum.AsDouble()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2RelaxedNmadd(
        Vector128<byte> left, Vector128<byte> right, Vector128<byte> sum) =>
        Vector128.FusedMultiplyAdd(-left.AsDouble(), right.AsDouble(), sum.AsDouble()).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F32x4DemoteF64x2Zero(Vector128<byte> vector) => Sse2.IsSupported
        ? Sse2.ConvertToVector128Single(vector.AsDouble()).AsByte()
        : Vector128.Narrow(vector.AsDouble(), Vector128<double>.Zero).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2ConvertLowI32x4S(Vector128<byte> vector) => Sse2.IsSupported
        ? Sse2.ConvertToVector128Double(vector.AsInt32()).AsByte()
        : (ToDouble(vector.AsUInt32() ^ Vector128.Create(0x8000_0000u))
            - Vector128.Create(MagicValue + TwoTo31)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> F64x2ConvertLowI32x4U(Vector128<byte> vector) =>
        (ToDouble(vector.AsUInt32()) - Vector128.Create(MagicValue)).AsByte();

    // Conversions of .NET saturate and turn NaN into 0.
    public static Vector128<byte> I32x4TruncSatF64x2SZero(Vector128<byte> vector) => Vector128.Create(
        (int)vector.AsDouble().ToScalar(), (int)vector.AsDouble().GetElement(1), 0, 0).AsByte();

    public static Vector128<byte> I32x4TruncSatF64x2UZero(Vector128<byte> vector) => Vector128.Create(
        (uint)vector.AsDouble().ToScalar(), (uint)vector.AsDouble().GetElement(1), 0, 0).AsByte();

    /// <summary>A vector out of the optimiser's sight.</summary>
    /// <remarks>
    /// It drops operations whose other operand it knows to be neutral, and a NaN's quieting with them.
    /// </remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<byte> Opaque(Vector128<byte> vector) => vector;

    private static Vector128<double> ToDouble(Vector128<uint> vector) =>
        (Vector128.WidenLower(vector) | Vector128.Create(Magic)).AsDouble();
}
