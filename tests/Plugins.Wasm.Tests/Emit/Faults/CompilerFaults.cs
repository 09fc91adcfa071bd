using System.Numerics;
using System.Runtime.CompilerServices;
using Plugins.Host.Wasmtime.Tests.Support;

namespace Plugins.Wasm.Tests.Emit.Faults;

/// <summary>
/// The faults of the runtime's compiler that have a plain form, which tells whether the present runtime still has them.
/// </summary>
internal static class CompilerFaults
{
    private const MethodImplOptions Optimized = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    public static IReadOnlyList<CompilerFault> All { get; } =
    [
        new("loop-step", () => Multiples(5) == -10),
        new("shift-pair", () => ShiftPair(0x1234, 0) == 0),
        new("complement", () => Complement(3, 5)),
        new("rotation-flags", () => !RotationIsNotZero(0, 1)),
        new("rotation-sign", () => RotationIsNegative(5)),
        new("minimum-zero", () => double.IsNegative(MinimumOfZeros(0.0))),
        new("signaling-constant", () => SignalingBits() == 0x7FA0_0000),
        new("signaling-identity", () => AreQuiet(BitConverter.Int64BitsToDouble(0x7FF4_0000_0000_0000))),
    ];

    /// <summary>Prints which of them the present runtime has; each is tried in a process of its own.</summary>
    public static int Report()
    {
        Console.Out.WriteLine($".NET {Environment.Version}");
        foreach (CompilerFault fault in All)
        {
            bool isMended = ChildProcess.RunThis("fault", fault.Name).ExitCode == 0;
            Console.Out.WriteLine($"{fault.Name,-20} {(isMended ? "mended: its way around may go" : "still there")}");
        }

        return 0;
    }

    /// <summary>Tries one; what it returns is the exit code.</summary>
    public static int Try(string name) => All.Single(fault => fault.Name == name).IsRight() ? 0 : 1;

    [MethodImpl(Optimized)]
    private static int Multiples(int count)
    {
        int sum = 0;
        int i = 0;
        for (int c = 0; c < count; c++)
        {
            sum += i * 0x5555_5555;
            sum += i << 31;
            i += 3;
        }

        return sum;
    }

    [MethodImpl(Optimized)]
    private static int ShiftPair(int x, int y) => (x << (y & 31)) ^ (int)((uint)x >> ((32 - y) & 31));

    [MethodImpl(Optimized)]
    private static bool Complement(int left, int right)
    {
        int differs = left != right ? 1 : 0;
        return ~differs != 0 && left != right;
    }

    [MethodImpl(Optimized)]
    private static bool RotationIsNotZero(uint x, int y) => y > 0 && BitOperations.RotateLeft(x, 7) != 0;

    [MethodImpl(Optimized)]
    private static bool RotationIsNegative(int x) => (int)BitOperations.RotateLeft(0xB576_F5E9u, 63) < x;

    [MethodImpl(Optimized)]
    private static double MinimumOfZeros(double x) => Math.Min(x, -0.0);

    [MethodImpl(Optimized)]
    private static int SignalingBits()
    {
        float value = BitConverter.Int32BitsToSingle(0x7FA0_0000);
        return BitConverter.SingleToInt32Bits(value);
    }

    private static bool AreQuiet(double signaling) =>
        IsQuiet(Product(signaling)) && IsQuiet(Quotient(signaling)) && IsQuiet(Sum(signaling))
        && IsQuiet(Difference(signaling));

    private static bool IsQuiet(double x) => (BitConverter.DoubleToInt64Bits(x) & 0x0008_0000_0000_0000) != 0;

    [MethodImpl(Optimized)]
    private static double Product(double x) => x * 1.0;

    [MethodImpl(Optimized)]
    private static double Quotient(double x) => x / 1.0;

    [MethodImpl(Optimized)]
    private static double Sum(double x) => x + -0.0;

    [MethodImpl(Optimized)]
    private static double Difference(double x) => x - 0.0;
}
