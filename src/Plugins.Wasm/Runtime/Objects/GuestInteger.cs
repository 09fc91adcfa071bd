using System.Runtime.CompilerServices;

namespace Plugins.Wasm.Runtime.Objects;

/// <summary>An integer of 31 bits; two with the same value are the same reference to a guest.</summary>
/// <remarks>Immutable. WebAssembly 3.0, section 4.6.6 (ref.i31).</remarks>
internal sealed class GuestInteger : GuestObject
{
    /// <summary>What one is counted with, in bytes.</summary>
    public const int Bytes = 32;

    private const int Least = -16;
    private const int Kept = 256;

    private static readonly GuestInteger[] s_kept = MakeKept();

    private GuestInteger(int value, Allotment home)
    {
        Value = value;
        Home = home;
    }

    /// <summary>The number, with its sign.</summary>
    internal readonly int Value;

    /// <summary>The integer of a number's lowest 31 bits.</summary>
    public static GuestInteger Of(Store store, int number)
    {
        int value = (number << 1) >> 1;
        return (uint)(value - Least) < Kept
            ? s_kept[value - Least]
            : new GuestInteger(value, store.Heap.TakeInteger());
    }

    /// <summary>The number, with its sign.</summary>
    /// <exception cref="TrapException">The reference is null.</exception>
    public static int GetSigned(object? reference) => reference is null
        ? throw Traps.Create(TrapKind.NullReference)
        : Unsafe.As<GuestInteger>(reference).Value;

    /// <summary>The lowest 31 bits of the number.</summary>
    /// <exception cref="TrapException">The reference is null.</exception>
    public static int GetUnsigned(object? reference) => GetSigned(reference) & int.MaxValue;

    /// <summary>The same for compiled code.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static object Make(Instance instance, int number) => Of(instance.OwningStore, number);

    private static GuestInteger[] MakeKept()
    {
        GuestInteger[] kept = new GuestInteger[Kept];
        for (int i = 0; i < Kept; i++)
        {
            kept[i] = new GuestInteger(Least + i, Allotment.OfIntegers);
        }

        return kept;
    }
}
