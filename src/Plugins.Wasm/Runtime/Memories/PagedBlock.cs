using System.Runtime.InteropServices;
using Plugins.Wasm.Runtime.Paging;

namespace Plugins.Wasm.Runtime.Memories;

/// <summary>A block of whole pages of the system's, which can be taken back one by one.</summary>
internal abstract unsafe class PagedBlock(VirtualMemory system) : MemoryBlock
{
    /// <summary>Pages whose residency is asked for at once.</summary>
    private const int WindowPages = 1_024;

    /// <summary>Runs of pages that are asked for at once.</summary>
    private const int WindowRuns = 32;

    /// <summary>What is cleared faster than the system tells of it.</summary>
    private const ulong LeastScanned = 64 << 10;

    protected VirtualMemory System { get; } = system;

    public override void Zero(ulong start, ulong count, ref ulong mayKeep)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        ulong end = start + count;
        if (count <= Math.Min(LeastScanned, mayKeep))
        {
            Clear(start, end);
            mayKeep -= count;
            return;
        }

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

    public override List<MemoryRun>? FindContents(ulong length, ulong most)
    {
        List<MemoryRun> contents = [];
        PageRun* runs = stackalloc PageRun[WindowRuns];
        ulong total = 0;
        for (ulong start = 0; start < length;)
        {
            ulong seen = System.FindContents(Start + start, (nuint)(length - start), runs, WindowRuns, out int found);
            for (int i = 0; i < found; i++)
            {
                contents.Add(new MemoryRun(runs[i].Start - (ulong)Start, runs[i].End - (ulong)Start));
                total += runs[i].End - runs[i].Start;
            }

            if (seen == 0 || total > most)
            {
                return null;
            }

            start += seen;
        }

        return contents;
    }

    public override bool TryDiscard() => System.Discard(Start, (nuint)Extent);

    /// <summary>Where the bytes end that may take memory.</summary>
    protected abstract ulong Extent { get; }

    protected void Clear(ulong start, ulong end) => NativeMemory.Clear(Start + start, (nuint)(end - start));

    // Pages that are in memory are cleared, which is faster than having them made again. Those that the system has
    // moved elsewhere are discarded; the rest is zero already.
    protected void ZeroPages(ulong start, ulong end, ulong page, ref ulong mayKeep)
    {
        PageRun* runs = stackalloc PageRun[WindowRuns];
        while (start < end && mayKeep > 0)
        {
            ulong seen = System.FindContents(Start + start, (nuint)(end - start), runs, WindowRuns, out int found);
            if (seen == 0)
            {
                ZeroByResidency(start, end, page, ref mayKeep);
                return;
            }

            for (int i = 0; i < found; i++)
            {
                ulong first = runs[i].Start - (ulong)Start;
                ulong last = runs[i].End - (ulong)Start;
                ulong kept = runs[i].Elsewhere != 0 ? 0 : Math.Min(last - first, mayKeep / page * page);
                Clear(first, first + kept);
                Discard(first + kept, last);
                mayKeep -= kept;
            }

            start += seen;
        }

        Discard(start, end);
    }

    // For systems that tell less: what is not in memory is discarded, as it may have contents elsewhere.
    private void ZeroByResidency(ulong start, ulong end, ulong page, ref ulong mayKeep)
    {
        Span<byte> window = stackalloc byte[WindowPages];
        ulong discarded = start;
        while (start < end && mayKeep > 0)
        {
            Span<byte> resident = window[..(int)Math.Min(WindowPages, (end - start) / page)];
            if (!System.TryGetResidency(Start + start, resident))
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
        if (start < end && !System.Discard(Start + start, (nuint)(end - start)))
        {
            Clear(start, end);
        }
    }
}
