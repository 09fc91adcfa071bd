using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime;

/// <summary>The numeric operators that are not one instruction of the intermediate language.</summary>
/// <remarks>WebAssembly 2.0, section 4.3. None of them traps: the emitter checks operands beforehand.</remarks>
internal static class Numerics
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Remainder(int dividend, int divisor) => divisor == -1 ? 0 : dividend % divisor;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Remainder(long dividend, long divisor) => divisor == -1 ? 0 : dividend % divisor;

    // Conversions from floating point saturate and turn NaN into 0, which the runtime guarantees since .NET 9.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToInt32(double value) => (int)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToUInt32(double value) => (int)(uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToInt64(double value) => (long)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long ToUInt64(double value) => (long)(ulong)value;

    /// <summary>Rounds once, where a conversion by way of a double would round twice.</summary>
    public static float UInt64ToSingle(long value) =>
        value >= 0 ? (float)value : (float)Halved(value) * 2;

    /// <summary>Rounds once.</summary>
    public static double UInt64ToDouble(long value) =>
        value >= 0 ? (double)value : (double)Halved(value) * 2;

    /// <summary>
    /// Bits as a float, out of the optimiser's sight: where it knows the bits it holds a float constant as a double,
    /// which quiets a signaling NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float OpaqueSingle(int bits) => BitConverter.Int32BitsToSingle(bits);

    /// <inheritdoc cref="OpaqueSingle"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double OpaqueDouble(long bits) => BitConverter.Int64BitsToDouble(bits);

    /// <summary>The value, or the canonical NaN with a positive sign in place of any.</summary>
    /// <remarks>WebAssembly 2.0, section 4.3.3: one of the NaNs that an operation may give.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Canonical(float value) =>
        float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7FC0_0000) : value;

    /// <inheritdoc cref="Canonical(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Canonical(double value) =>
        double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000) : value;

    /// <summary>
    /// The smaller one, by way of the larger: .NET 10's optimiser gives 0 for <c>Math.Min</c> of 0 and a constant -0.
    /// </summary>
    public static float Minimum(float left, float right) => -Maximum(-left, -right);

    /// <inheritdoc cref="Minimum(float, float)"/>
    public static double Minimum(double left, double right) => -Maximum(-left, -right);

    /// <summary>The larger one. Unless optimised, <c>Math.Max</c> gives a signaling NaN as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(float left, float right)
    {
        float larger = MathF.Max(left, right);
        return float.IsNaN(larger) ? larger + larger : larger;
    }

    /// <inheritdoc cref="Maximum(float, float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Maximum(double left, double right)
    {
        double larger = Math.Max(left, right);
        return double.IsNaN(larger) ? larger + larger : larger;
    }

    /// <summary>
    /// A conversion that the optimiser cannot cancel against one the other way, and a NaN's quieting with it.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static float Demote(double value) => (float)value;

    // The lowest bit is kept sticky, so that halving does not hide that the value was not exact.
    private static long Halved(long value) => (long)(((ulong)value >> 1) | ((ulong)value & 1));
}
