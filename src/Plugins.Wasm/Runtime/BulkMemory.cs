using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;

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
    public static int Size(Instance instance, int memory) => (int)instance.Memories[memory].PageCount;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Grow(Instance instance, int memory, int pages)
    {
        LinearMemory target = instance.Memories[memory];
        if (target.MayGrow((uint)pages))
        {
            Charge(instance, (uint)pages);
        }

        return target.GrowForGuest((uint)pages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Instance instance, int memory, int destination, int value, int count)
    {
        byte* start = Range(instance.Memories[memory], (uint)destination, (uint)count);
        Charge(instance, (uint)count / BytesPerFuel);
        ChunkedWork.Fill(instance.Store, start, (uint)count, (byte)value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(Instance instance, int toMemory, int fromMemory, int destination, int source, int count)
    {
        byte* from = Range(instance.Memories[fromMemory], (uint)source, (uint)count);
        byte* to = Range(instance.Memories[toMemory], (uint)destination, (uint)count);
        Charge(instance, (uint)count / BytesPerFuel);
        ChunkedWork.Copy(instance.Store, from, to, (uint)count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Initialize(Instance instance, int memory, int segment, int destination, int source, int count)
    {
        DataSegment data = instance.Module.Binary.Data[segment];
        uint available = instance.IsDataDropped(segment) ? 0 : (uint)data.Length;
        byte* to = Range(instance.Memories[memory], (uint)destination, (uint)count);
        if ((ulong)(uint)source + (uint)count > available)
        {
            throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);
        }

        Charge(instance, (uint)count / BytesPerFuel);
        fixed (byte* module = instance.Module.Binary.Bytes)
        {
            ChunkedWork.Copy(instance.Store, module + data.Start + source, to, (uint)count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(Instance instance, int segment) => instance.DropData(segment);

    private static byte* Range(LinearMemory memory, uint start, uint count) =>
        (ulong)start + count <= memory.Length
            ? memory.Base + start
            : throw new TrapException(TrapKind.OutOfBoundsMemoryAccess);

    private static void Charge(Instance instance, uint amount)
    {
        if (instance.Module.MetersFuel)
        {
            instance.Store.ConsumeFuel(amount);
        }
    }
}
