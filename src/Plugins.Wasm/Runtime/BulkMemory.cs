using System.Runtime.CompilerServices;
using Plugins.Wasm.Binary;

namespace Plugins.Wasm.Runtime;

/// <summary>The memory instructions that compiled code calls.</summary>
/// <remarks>
/// Ranges are checked whole before anything is written, fuel is charged before anything is done, and long work is done
/// in chunks with a look for interrupts between them. Never inlined, as they would blow up the guest's functions.
/// WebAssembly 2.0, section 4.4.7.
/// </remarks>
internal static unsafe class BulkMemory
{
    private const int BytesPerFuel = 64;
    private const uint Chunk = 1 << 20;

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

        return target.Grow((uint)pages);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Fill(Instance instance, int memory, int destination, int value, int count)
    {
        byte* start = Range(instance.Memories[memory], (uint)destination, (uint)count);
        Charge(instance, (uint)count / BytesPerFuel);
        for (uint left = (uint)count; left > 0;)
        {
            instance.Store.ThrowIfInterrupted();
            uint bytes = Math.Min(Chunk, left);
            left -= bytes;
            Unsafe.InitBlockUnaligned(start + left, (byte)value, bytes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Copy(Instance instance, int toMemory, int fromMemory, int destination, int source, int count)
    {
        byte* from = Range(instance.Memories[fromMemory], (uint)source, (uint)count);
        byte* to = Range(instance.Memories[toMemory], (uint)destination, (uint)count);
        Charge(instance, (uint)count / BytesPerFuel);
        if (to <= from)
        {
            CopyForward(instance.Store, from, to, (uint)count);
        }
        else
        {
            CopyBackward(instance.Store, from, to, (uint)count);
        }
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
        ReadOnlySpan<byte> bytes = instance.Module.Binary.Bytes.AsSpan(data.Start, data.Length);
        bytes.Slice(source, count).CopyTo(new Span<byte>(to, count));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(Instance instance, int segment) => instance.DropData(segment);

    private static void CopyForward(Store store, byte* from, byte* to, uint count)
    {
        for (ulong done = 0; done < count; done += Chunk)
        {
            store.ThrowIfInterrupted();
            ulong bytes = Math.Min(Chunk, count - done);
            Buffer.MemoryCopy(from + done, to + done, bytes, bytes);
        }
    }

    // Chunks overlap like the whole does, so they are moved from the end when the destination is the higher range.
    private static void CopyBackward(Store store, byte* from, byte* to, uint count)
    {
        for (uint left = count; left > 0;)
        {
            store.ThrowIfInterrupted();
            uint bytes = Math.Min(Chunk, left);
            left -= bytes;
            Buffer.MemoryCopy(from + left, to + left, bytes, bytes);
        }
    }

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
