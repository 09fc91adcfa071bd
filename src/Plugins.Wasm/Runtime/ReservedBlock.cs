namespace Plugins.Wasm.Runtime;

/// <summary>
/// A range of address space that covers every address a guest can form, with only its own bytes accessible.
/// </summary>
/// <remarks>
/// A 32-bit address plus a 32-bit offset plus the widest access stays below 8 GiB + 64 KiB, so a bounds check that the
/// just-in-time compiler got wrong would fault instead of touching something else.
/// </remarks>
internal sealed unsafe class ReservedBlock : MemoryBlock
{
    private const ulong Reach = (8UL << 30) + (64UL << 10);
    private const ulong MaximumBytes = 4UL << 30;

    private ReservedBlock(byte* start)
    {
        Start = start;
        Capacity = MaximumBytes;
    }

    ~ReservedBlock() => Free();

    /// <summary>
    /// A reservation with its first <paramref name="length"/> bytes accessible; null where there is no room.
    /// </summary>
    public static ReservedBlock? TryReserve(ulong length)
    {
        byte* start = VirtualMemory.Reserve(Reach);
        if (start is null)
        {
            return null;
        }

        var block = new ReservedBlock(start);
        if (block.TryExtend(0, length, null))
        {
            return block;
        }

        block.Free();
        return null;
    }

    public override bool TryExtend(ulong length, ulong newLength, Store? interruptible) =>
        length == newLength || VirtualMemory.Commit(Start + length, (nuint)(newLength - length));

    public override void Shrink(ulong length, ulong newLength)
    {
        if (length != newLength)
        {
            VirtualMemory.Decommit(Start + newLength, (nuint)(length - newLength));
        }
    }

    protected override void Release(byte* start) => VirtualMemory.Release(start, Reach);
}
