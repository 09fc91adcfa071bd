namespace Plugins.Wasm.Runtime.Paging;

/// <summary>Places for small memories, of which a process may have very many: address space that they share.</summary>
/// <remarks>
/// Safe for use by many threads. A place is zero when it is given out, and whoever gives it back made it so. Address
/// space that was reserved stays reserved; what was given back takes no memory, but for a few places.
/// </remarks>
internal sealed unsafe class PageSlots(VirtualMemory system)
{
    /// <summary>Bytes of a place; what of them is not used takes no memory.</summary>
    public const ulong SlotBytes = 1 << 20;

    private const int SlotsAtOnce = 16;

    /// <summary>Places whose pages stay in memory, so that the next to use them need not have them made.</summary>
    private const int MostWarm = 16;

    private readonly Lock _gate = new();
    private readonly byte*[] _warm = new byte*[MostWarm];
    private byte*[] _cold = new byte*[SlotsAtOnce];
    private int _warmCount;
    private int _coldCount;

    /// <summary>A place; null where the system has no room.</summary>
    public byte* Take()
    {
        lock (_gate)
        {
            if (_warmCount > 0)
            {
                return _warm[--_warmCount];
            }

            return _coldCount > 0 || TryReserve() ? _cold[--_coldCount] : null;
        }
    }

    /// <summary>True if a place may keep its pages when it is given back.</summary>
    public bool MayKeepPages => Volatile.Read(ref _warmCount) < MostWarm;

    /// <summary>Gives a place back.</summary>
    /// <param name="slot">It is zero.</param>
    /// <param name="keepsPages">Whether it has pages that are in memory.</param>
    public void Return(byte* slot, bool keepsPages)
    {
        lock (_gate)
        {
            if (keepsPages && _warmCount < MostWarm)
            {
                _warm[_warmCount++] = slot;
            }
            else
            {
                AddCold(slot);
            }
        }
    }

    private void AddCold(byte* slot)
    {
        if (_coldCount == _cold.Length)
        {
            var more = new byte*[2 * _coldCount];
            Array.Copy(_cold, more, _coldCount);
            _cold = more;
        }

        _cold[_coldCount++] = slot;
    }

    private bool TryReserve()
    {
        byte* start = system.Reserve(SlotsAtOnce * SlotBytes);
        if (start is null)
        {
            return false;
        }

        if (!system.Commit(start, (nuint)(SlotsAtOnce * SlotBytes)))
        {
            system.Release(start, SlotsAtOnce * SlotBytes);
            return false;
        }

        for (int i = SlotsAtOnce - 1; i >= 0; i--)
        {
            AddCold(start + ((ulong)i * SlotBytes));
        }

        return true;
    }
}
