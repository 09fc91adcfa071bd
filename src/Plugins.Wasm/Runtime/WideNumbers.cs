using System.Runtime.CompilerServices;
using Plugins.Wasm.Runtime.Interpretation;

namespace Plugins.Wasm.Runtime;

/// <summary>Products and sums of 128 bits.</summary>
/// <remarks>The proposal for wide arithmetic.</remarks>
internal static unsafe class WideNumbers
{
    /// <summary>The upper half of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long HighOfSigned(long first, long second) => Math.BigMul(first, second, out _);

    /// <summary>The upper half of a product of numbers without a sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long HighOfUnsigned(long first, long second) =>
        (long)Math.BigMul((ulong)first, (ulong)second, out _);

    /// <summary>Carries one out for the interpreter.</summary>
    /// <returns>The instruction's last cell.</returns>
    internal static Cell* Run(Cell* ip, ulong* fp)
    {
        ulong* slots = fp + ip->A;
        ulong first = slots[0];
        ulong second = slots[1];
        switch (ip->Operation)
        {
            case Operation.I64Add128:
                slots[0] = first + slots[2];
                slots[1] = second + slots[3] + (slots[0] < first ? 1UL : 0);
                break;
            case Operation.I64Sub128:
                slots[0] = first - slots[2];
                slots[1] = second - slots[3] - (first < slots[2] ? 1UL : 0);
                break;
            case Operation.I64MulWideS:
                slots[0] = first * second;
                slots[1] = (ulong)HighOfSigned((long)first, (long)second);
                break;
            default:
                slots[0] = first * second;
                slots[1] = (ulong)HighOfUnsigned((long)first, (long)second);
                break;
        }

        return ip;
    }
}
