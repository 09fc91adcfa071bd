using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Plugins.Wasm.Runtime.Vectors;

/// <summary>Products that are twice as wide as their factors: <c>extmul</c>.</summary>
/// <remarks>Each is named as its opcode. WebAssembly 2.0, section 4.4.3 (vextmul).</remarks>
internal static class WideProducts
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtmulLowI8x16S(Vector128<byte> left, Vector128<byte> right) =>
        (Vector128.WidenLower(left.AsSByte()) * Vector128.WidenLower(right.AsSByte())).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtmulHighI8x16S(Vector128<byte> left, Vector128<byte> right) =>
        (Vector128.WidenUpper(left.AsSByte()) * Vector128.WidenUpper(right.AsSByte())).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtmulLowI8x16U(Vector128<byte> left, Vector128<byte> right) =>
        (Vector128.WidenLower(left) * Vector128.WidenLower(right)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I16x8ExtmulHighI8x16U(Vector128<byte> left, Vector128<byte> right) =>
        (Vector128.WidenUpper(left) * Vector128.WidenUpper(right)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtmulLowI16x8S(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<short> first = left.AsInt16(), second = right.AsInt16();
        return Sse2.IsSupported
            ? Sse2.UnpackLow(Sse2.MultiplyLow(first, second), Sse2.MultiplyHigh(first, second)).AsByte()
            : (Vector128.WidenLower(first) * Vector128.WidenLower(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtmulHighI16x8S(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<short> first = left.AsInt16(), second = right.AsInt16();
        return Sse2.IsSupported
            ? Sse2.UnpackHigh(Sse2.MultiplyLow(first, second), Sse2.MultiplyHigh(first, second)).AsByte()
            : (Vector128.WidenUpper(first) * Vector128.WidenUpper(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtmulLowI16x8U(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<ushort> first = left.AsUInt16(), second = right.AsUInt16();
        return Sse2.IsSupported
            ? Sse2.UnpackLow(Sse2.MultiplyLow(first, second), Sse2.MultiplyHigh(first, second)).AsByte()
            : (Vector128.WidenLower(first) * Vector128.WidenLower(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I32x4ExtmulHighI16x8U(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<ushort> first = left.AsUInt16(), second = right.AsUInt16();
        return Sse2.IsSupported
            ? Sse2.UnpackHigh(Sse2.MultiplyLow(first, second), Sse2.MultiplyHigh(first, second)).AsByte()
            : (Vector128.WidenUpper(first) * Vector128.WidenUpper(second)).AsByte();
    }

    // The processor multiplies every second lane.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I64x2ExtmulLowI32x4S(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<int> first = left.AsInt32(), second = right.AsInt32();
        return Sse41.IsSupported
            ? Sse41.Multiply(Sse2.UnpackLow(first, first), Sse2.UnpackLow(second, second)).AsByte()
            : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningLower(first.GetLower(), second.GetLower()).AsByte()
            : (Vector128.WidenLower(first) * Vector128.WidenLower(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I64x2ExtmulHighI32x4S(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<int> first = left.AsInt32(), second = right.AsInt32();
        return Sse41.IsSupported
            ? Sse41.Multiply(Sse2.UnpackHigh(first, first), Sse2.UnpackHigh(second, second)).AsByte()
            : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningUpper(first, second).AsByte()
            : (Vector128.WidenUpper(first) * Vector128.WidenUpper(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I64x2ExtmulLowI32x4U(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<uint> first = left.AsUInt32(), second = right.AsUInt32();
        return Sse2.IsSupported
            ? Sse2.Multiply(Sse2.UnpackLow(first, first), Sse2.UnpackLow(second, second)).AsByte()
            : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningLower(first.GetLower(), second.GetLower()).AsByte()
            : (Vector128.WidenLower(first) * Vector128.WidenLower(second)).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> I64x2ExtmulHighI32x4U(Vector128<byte> left, Vector128<byte> right)
    {
        Vector128<uint> first = left.AsUInt32(), second = right.AsUInt32();
        return Sse2.IsSupported
            ? Sse2.Multiply(Sse2.UnpackHigh(first, first), Sse2.UnpackHigh(second, second)).AsByte()
            : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningUpper(first, second).AsByte()
            : (Vector128.WidenUpper(first) * Vector128.WidenUpper(second)).AsByte();
    }
}
