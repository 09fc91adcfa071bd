using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;
using Plugins.Wasm.Types;

namespace Plugins.Wasm.Runtime;

/// <summary>The memory instructions that compiled code calls.</summary>
/// <remarks>
/// Ranges are checked whole before anything is written, fuel is charged before anything is done, and then interrupts
/// are looked at, however little there is to do: code without a loop can hold a million of these. Never inlined, as
/// they would blow up the guest's functions. WebAssembly 2.0, section 4.4.7.
/// </remarks>
internal static unsafe class BulkMemory
{
    private const int BytesPerFuel = 64;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Size(Instance instance, int memory) => (long)instance.Memories[memory].PageCount;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Grow(Instance instance, int memory, ulong pages)
    {
        LinearMemory target = instance.Memories[memory];
        if (target.MayGrow(pages))
        {
            Charge(instance, MemoryType.PagesOf(target.BytesOf(pages)));
        }

        return target.GrowForGuest(pages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Instance instance, int memory, ulong destination, int value, ulong count)
    {
        byte* start = Range(instance.Memories[memory], destination, count);
        Charge(instance, count / BytesPerFuel);
        ChunkedWork.Fill(instance.Store, start, count, (byte)value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(
        Instance instance, int toMemory, int fromMemory, ulong destination, ulong source, ulong count)
    {
        byte* from = Range(instance.Memories[fromMemory], source, count);
        byte* to = Range(instance.Memories[toMemory], destination, count);
        Charge(instance, count / BytesPerFuel);
        ChunkedWork.Copy(instance.Store, from, to, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Initialize(
        Instance instance, int memory, int segment, ulong destination, ulong source, ulong count)
    {
        DataSegment data = instance.Module.Binary.Data[segment];
        ulong available = instance.IsDataDropped(segment) ? 0 : (ulong)data.Length;
        byte* to = Range(instance.Memories[memory], destination, count);
        if (source + count > available)
        {
            throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);
        }

        Charge(instance, count / BytesPerFuel);
        fixed (byte* module = instance.Module.Binary.Bytes)
        {
            ChunkedWork.Copy(instance.Store, module + data.Start + source, to, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(Instance instance, int segment) => instance.DropData(segment);

    // Sums could overflow: a 64-bit memory has any address.
    private static byte* Range(LinearMemory memory, ulong start, ulong count) =>
        count <= memory.Length && start <= memory.Length - count
            ? memory.Base + start
            : throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);

    private static void Charge(Instance instance, ulong amount)
    {
        if (instance.Module.MetersFuel)
        {
            instance.Store.ConsumeFuel((long)amount);
        }
    }
}
