using System.Runtime.InteropServices;
using Plugins.Wasm.Runtime.Paging;

namespace Plugins.Wasm.Runtime;

/// <summary>
/// A range of address space that covers every address a guest can form, with only its own bytes accessible, and a few
/// zeros after them.
/// </summary>
/// <remarks>
/// A 32-bit address plus a 32-bit offset plus the widest access stays below 8 GiB + 64 KiB, so a bounds check that the
/// just-in-time compiler got wrong would fault, or find zeros, instead of touching something else. Addresses of 64 bits
/// reach further: for such memories this is only a place that they can grow in.
/// </remarks>
internal sealed unsafe class ReservedBlock : MemoryBlock
{
    private const ulong Reach = (8UL << 30) + (64UL << 10);
    private const ulong MaximumBytes = 4UL << 30;

    /// <summary>Pages whose residency is asked for at once.</summary>
    private const int WindowPages = 1_024;

    /// <summary>What a memory has grown to when its growth is worth large pages.</summary>
    private const ulong LeastLarge = 4 << 20;

    private readonly VirtualMemory _system;

    /// <summary>Where the accessible bytes end; those that the memory does not have are zero.</summary>
    private ulong _accessible;

    private ReservedBlock(VirtualMemory system, byte* start)
    {
        _system = system;
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
        ulong large = _system.LargePageBytes;
        if (large > 0 && length > 0 && newLength >= LeastLarge)
        {
            // A guest grows by little and touches that at once: a large page is given out only where all of it may be.
            ulong start = (ulong)Start;
            end = Math.Min(((start + newLength + large - 1) / large * large) - start, MaximumBytes);
            _system.PreferLargePages(Start + _accessible, (nuint)(end - _accessible));
        }

        if (!_system.Commit(Start + _accessible, (nuint)(end - _accessible)))
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
        if (end < _accessible && _system.Decommit(Start + end, (nuint)(_accessible - end)))
        {
            _accessible = end;
        }
        else
        {
            // What the system does not take is cleared: it is shown again when the memory grows.
            Clear(end, Math.Max(end, length));
        }
    }

    public override void Zero(ulong start, ulong count, ref ulong mayKeep)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        ulong end = start + count;
        ulong firstPage = (start + page - 1) / page * page;
        ulong endOfPages = end / page * page;
        if (firstPage >= endOfPages)
        {
            Clear(start, end);
            return;
        }

        Clear(start, firstPage);
        ZeroPages(firstPage, endOfPages, page, ref mayKeep);
        Clear(endOfPages, end);
    }

    protected override void Release(byte* start) => _system.Release(start, Reach);

    // Pages that are in memory are cleared, which is faster than having them made again, and the rest discarded. That
    // is so for pages the system has moved elsewhere, too: they have contents and are not in memory.
    private void ZeroPages(ulong start, ulong end, ulong page, ref ulong mayKeep)
    {
        Span<byte> window = stackalloc byte[WindowPages];
        ulong discarded = start;
        while (start < end && mayKeep > 0)
        {
            Span<byte> resident = window[..(int)Math.Min(WindowPages, (end - start) / page)];
            if (!_system.TryGetResidency(Start + start, resident))
            {
                break;
            }

            foreach (byte flags in resident)
            {
                if ((flags & 1) != 0 && mayKeep >= page)
                {
                    Discard(discarded, start);
                    Clear(start, start + page);
                    discarded = start + page;
                    mayKeep -= page;
                }

                start += page;
            }
        }

        DiscardOrKeep(discarded, end, isKnown: start == end, ref mayKeep);
    }

    private void DiscardOrKeep(ulong start, ulong end, bool isKnown, ref ulong mayKeep)
    {
        // Where nobody tells what is in memory, a small range is taken to be.
        if (!isKnown && end - start <= mayKeep)
        {
            Clear(start, end);
            mayKeep -= end - start;
        }
        else
        {
            Discard(start, end);
        }
    }

    private void Discard(ulong start, ulong end)
    {
        if (start < end && !_system.Discard(Start + start, (nuint)(end - start)))
        {
            Clear(start, end);
        }
    }

    private void Clear(ulong start, ulong end) => NativeMemory.Clear(Start + start, (nuint)(end - start));
}
