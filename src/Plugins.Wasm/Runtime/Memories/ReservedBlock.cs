using Plugins.Wasm.Runtime.Paging;

namespace Plugins.Wasm.Runtime.Memories;

/// <summary>
/// A range of address space that covers every address a guest can form, with only its own bytes accessible, and a few
/// zeros after them.
/// </summary>
/// <remarks>
/// A 32-bit address plus a 32-bit offset plus the widest access stays below 8 GiB + 64 KiB, so a bounds check that the
/// just-in-time compiler got wrong would fault, or find zeros, instead of touching something else. Addresses of 64 bits
/// reach further: for such memories this is only a place that they can grow in.
/// </remarks>
internal sealed unsafe class ReservedBlock : PagedBlock
{
    private const ulong Reach = (8UL << 30) + (64UL << 10);
    private const ulong MaximumBytes = 4UL << 30;

    /// <summary>What a memory has grown to when its growth is worth large pages.</summary>
    private const ulong LeastLarge = 4 << 20;

    /// <summary>Where the accessible bytes end; those that the memory does not have are zero.</summary>
    private ulong _accessible;

    private ReservedBlock(VirtualMemory system, byte* start)
        : base(system)
    {
        Start = start;
        Capacity = MaximumBytes;
    }

    ~ReservedBlock() => Free();

    /// <summary>
    /// A reservation with its first <paramref name="length"/> bytes accessible; null where there is no room.
    /// </summary>
    public static ReservedBlock? TryReserve(VirtualMemory system, ulong length)
    {
        if (length > MaximumBytes)
        {
            return null;
        }

        byte* start = system.Reserve(Reach);
        if (start is null)
        {
            return null;
        }

        var block = new ReservedBlock(system, start);
        if (block.TryExtend(0, length, null))
        {
            return block;
        }

        block.Free();
        return null;
    }

    public override bool TryExtend(ulong length, ulong newLength, Store? interruptible)
    {
        if (newLength <= _accessible)
        {
            return true;
        }

        ulong end = newLength;
        ulong large = System.LargePageBytes;
        if (large > 0 && length > 0 && newLength >= LeastLarge)
        {
            // A guest grows by little and touches that at once: a large page is given out only where all of it may be.
            ulong start = (ulong)Start;
            end = Math.Min(((start + newLength + large - 1) / large * large) - start, MaximumBytes);
            System.PreferLargePages(Start + _accessible, (nuint)(end - _accessible));
        }

        if (!System.Commit(Start + _accessible, (nuint)(end - _accessible)))
        {
            return false;
        }

        _accessible = end;
        return true;
    }

    public override void Shrink(ulong length, ulong newLength, ref ulong mayKeep)
    {
        ulong end = newLength + Math.Min(mayKeep, length - newLength);
        Zero(newLength, end - newLength, ref mayKeep);
        if (end < _accessible && System.Decommit(Start + end, (nuint)(_accessible - end)))
        {
            _accessible = end;
        }
        else
        {
            // What the system does not take is cleared: it is shown again when the memory grows.
            Clear(end, Math.Max(end, length));
        }
    }

    protected override ulong Extent => _accessible;

    protected override void Release(byte* start) => System.Release(start, Reach);
}
