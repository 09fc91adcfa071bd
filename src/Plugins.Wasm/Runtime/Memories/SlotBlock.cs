using Plugins.Wasm.Runtime.Paging;

namespace Plugins.Wasm.Runtime.Memories;

/// <summary>A small memory's place among others: its bytes, and zeros behind them.</summary>
internal sealed unsafe class SlotBlock : PagedBlock
{
    /// <summary>What stays in memory of a place that is given back.</summary>
    private const ulong WarmBytes = 64 << 10;

    private readonly PageSlots _slots;

    /// <summary>Where the bytes end that a guest ever had, and that may not be zero for that reason.</summary>
    private ulong _used;

    private SlotBlock(VirtualMemory system, byte* start, ulong length)
        : base(system)
    {
        _slots = system.Slots;
        _used = length;
        Start = start;
        Capacity = PageSlots.SlotBytes;
    }

    ~SlotBlock() => Free();

    /// <summary>A block of zeros; null where there is no room.</summary>
    public static SlotBlock? TryTake(VirtualMemory system, ulong length)
    {
        byte* start = length <= PageSlots.SlotBytes ? system.Slots.Take() : null;
        return start is null ? null : new SlotBlock(system, start, length);
    }

    public override bool TryExtend(ulong length, ulong newLength, Store? interruptible)
    {
        _used = Math.Max(_used, newLength);
        return true;
    }

    public override void Shrink(ulong length, ulong newLength, ref ulong mayKeep) =>
        Zero(newLength, length - newLength, ref mayKeep);

    protected override ulong Extent => _used;

    protected override void Release(byte* start)
    {
        bool keepsPages = _slots.MayKeepPages;
        ulong mayKeep = keepsPages ? WarmBytes : 0;
        Start = start;
        ZeroPages(0, _used, (ulong)Environment.SystemPageSize, ref mayKeep);
        Start = null;
        _slots.Return(start, keepsPages);
    }
}
