using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Plugins.Wasm.Runtime.Vectors;

/// <summary>The operators on lanes of integers that are not one method of <see cref="Vector128"/>.</summary>
/// <remarks>
/// Each is named as its opcode, for compiled code calls it by that name. WebAssembly 2.0, section 4.3.2. What relaxed
/// SIMD leaves open is the same everywhere, and as Wasmtime has it where it is asked to be deterministic: what the
/// ordinary instruction does, sums that wrap, and multiplication and addition rounded once.
/// </remarks>
internal static class IntegerLanes
{
    public static int V128AnyTrue(Vector128<byte> vector) => vector == Vector128<byte>.Zero ? 0 : 1;

    public static int I8x16AllTrue(Vector128<byte> vector) =>
        Vector128.EqualsAny(vector, Vector128<byte>.Zero) ? 0 : 1;

    public static int I16x8AllTrue(Vector128<byte> vector) =>
        Vector128.EqualsAny(vector.AsInt16(), Vector128<short>.Zero) ? 0 : 1;

    public static int I32x4AllTrue(Vector128<byte> vector) =>
        Vector128.EqualsAny(vector.AsInt32(), Vector128<int>.Zero) ? 0 : 1;

    public static int I64x2AllTrue(Vector128<byte> vector) =>
        Vector128.EqualsAny(vector.AsInt64(), Vector128<long>.Zero) ? 0 : 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I8x16Swizzle(Vector128<byte> vector, Vector128<byte> lanes)
    {
        if (Ssse3.IsSupported)
        {
            // Its instruction gives zero where the highest bit is set, and else looks at the lowest four.
            return Ssse3.Shuffle(vector, Sse2.AddSaturate(lanes, Vector128.Create((byte)0x70)));
        }

        return Vector128.Shuffle(vector, lanes);
    }

    public static Vector128<byte> I8x16Shuffle(Vector128<byte> low, Vector128<byte> high, Vector128<byte> lanes) =>
        I8x16Swizzle(low, lanes) | I8x16Swizzle(high, lanes - Vector128.Create((byte)16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I8x16Popcnt(Vector128<byte> vector)
    {
        if (AdvSimd.IsSupported)
        {
            return AdvSimd.PopCount(vector);
        }

        Vector128<byte> counts = Vector128.Create((byte)0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        return Vector128.Shuffle(counts, vector & Vector128.Create((byte)0x0F))
            + Vector128.Shuffle(counts, vector >>> 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I8x16NarrowI16x8U(Vector128<byte> low, Vector128<byte> high)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.PackUnsignedSaturate(low.AsInt16(), high.AsInt16());
        }

        var most = Vector128.Create((short)byte.MaxValue);
        return Vector128.Narrow(
            Vector128.Clamp(low.AsInt16(), Vector128<short>.Zero, most).AsUInt16(),
            Vector128.Clamp(high.AsInt16(), Vector128<short>.Zero, most).AsUInt16());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8NarrowI32x4U(Vector128<byte> low, Vector128<byte> high)
    {
        if (Sse41.IsSupported)
        {
            return Sse41.PackUnsignedSaturate(low.AsInt32(), high.AsInt32()).AsByte();
        }

        var most = Vector128.Create((int)ushort.MaxValue);
        return Vector128.Narrow(
            Vector128.Clamp(low.AsInt32(), Vector128<int>.Zero, most).AsUInt32(),
            Vector128.Clamp(high.AsInt32(), Vector128<int>.Zero, most).AsUInt32()).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I8x16AvgrU(Vector128<byte> left, Vector128<byte> right) => Sse2.IsSupported
        ? Sse2.Average(left, right)
        : (left | right) - ((left ^ right) >>> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8AvgrU(Vector128<byte> left, Vector128<byte> right) => Sse2.IsSupported
        ? Sse2.Average(left.AsUInt16(), right.AsUInt16()).AsByte()
        : ((left | right).AsUInt16() - ((left ^ right).AsUInt16() >>> 1)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtaddPairwiseI8x16S(Vector128<byte> vector) =>
        (Even(vector.AsInt16()) + Odd(vector.AsInt16())).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtaddPairwiseI8x16U(Vector128<byte> vector) =>
        ((vector.AsUInt16() & Vector128.Create((ushort)byte.MaxValue)) + (vector.AsUInt16() >>> 8)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtaddPairwiseI16x8S(Vector128<byte> vector) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(vector.AsInt16(), Vector128<short>.One).AsByte()
        : (Even(vector.AsInt32()) + Odd(vector.AsInt32())).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtaddPairwiseI16x8U(Vector128<byte> vector) =>
        ((vector.AsUInt32() & Vector128.Create((uint)ushort.MaxValue)) + (vector.AsUInt32() >>> 16)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8Q15mulrSatS(Vector128<byte> left, Vector128<byte> right)
    {
        if (Ssse3.IsSupported)
        {
            // The one product that does not fit, that of two smallest numbers, becomes the smallest number.
            Vector128<short> product = Ssse3.MultiplyHighRoundScale(left.AsInt16(), right.AsInt16());
            return (product ^ Vector128.Equals(product, Vector128.Create(short.MinValue))).AsByte();
        }

        var half = Vector128.Create(0x4000);
        return Vector128.NarrowWithSaturation(
            ((Vector128.WidenLower(left.AsInt16()) * Vector128.WidenLower(right.AsInt16())) + half) >> 15,
            ((Vector128.WidenUpper(left.AsInt16()) * Vector128.WidenUpper(right.AsInt16())) + half) >> 15).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4DotI16x8S(Vector128<byte> left, Vector128<byte> right)
    {
        if (Sse2.IsSupported)
        {
            return Sse2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16()).AsByte();
        }

        Vector128<int> first = left.AsInt32(), second = right.AsInt32();
        return ((Even(first) * Even(second)) + (Odd(first) * Odd(second))).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8RelaxedDotI8x16I7x16S(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<short> first = left.AsInt16(), second = right.AsInt16();
        return ((Even(first) * Even(second)) + (Odd(first) * Odd(second))).AsByte();
    }

    /// <remarks>The four products are added in 32 bits: in 16, twice -128 times -128 would overflow.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4RelaxedDotI8x16I7x16AddS(
        Vector128<byte> left, Vector128<byte> right, Vector128<byte> sum)
    {
        Vector128<short> first = left.AsInt16(), second = right.AsInt16();
        Vector128<int> even = I32x4ExtaddPairwiseI16x8S((Even(first) * Even(second)).AsByte()).AsInt32();
        Vector128<int> odd = I32x4ExtaddPairwiseI16x8S((Odd(first) * Odd(second)).AsByte()).AsInt32();
        return (even + odd + sum.AsInt32()).AsByte();
    }

    /// <summary>The lower halves of lanes, as lanes.</summary>
    private static Vector128<short> Even(Vector128<short> vector) => (vector << 8) >> 8;

    private static Vector128<int> Even(Vector128<int> vector) => (vector << 16) >> 16;

    /// <summary>The upper halves.</summary>
    private static Vector128<short> Odd(Vector128<short> vector) => vector >> 8;

    private static Vector128<int> Odd(Vector128<int> vector) => vector >> 16;
}
