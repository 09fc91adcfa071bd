using Plugins.Host.Errors;
using Plugins.Wasm;

namespace Plugins.Host.Budgets;

/// <summary>What one instance has of the budgets: out of what was reserved for it, then of what is free.</summary>
/// <remarks>For the thread that makes or runs the instance; its size may be read by any.</remarks>
internal sealed class InstanceMemory : IMemoryBudget
{
    private readonly PluginMemory _plugin;
    private uint _reserved;
    private uint _pages;

    private InstanceMemory(PluginMemory plugin, uint reserved)
    {
        _plugin = plugin;
        _reserved = reserved;
    }

    /// <summary>Pages of its memory.</summary>
    internal uint Pages => Volatile.Read(ref _pages);

    /// <summary>Whose budget refused it pages, if one has since the host cleared this.</summary>
    internal QuotaOwner? RefusedBy { get; set; }

    /// <summary>Reserves pages for an instance that is about to be made; null where there is no room.</summary>
    internal static InstanceMemory? TryReserve(PluginMemory plugin, uint pages, out QuotaOwner? refusedBy) =>
        plugin.Host.Take(plugin, pages, pages, out refusedBy) == pages ? new InstanceMemory(plugin, pages) : null;

    internal long LimitOf(QuotaOwner owner) => _plugin.LimitOf(owner);

    public uint TakePages(uint least, uint most)
    {
        var own = Math.Min(_reserved, most);
        var more = own == most ? 0 : TakeMore(least - Math.Min(own, least), most - own);
        if (own + more < least)
        {
            return 0;
        }

        _reserved -= own;
        Volatile.Write(ref _pages, _pages + own + more);
        return own + more;
    }

    public void ReturnPages(uint pages)
    {
        Volatile.Write(ref _pages, _pages - pages);
        _plugin.Host.Return(_plugin, pages);
    }

    /// <summary>Returns what was reserved and not used.</summary>
    internal void Settle()
    {
        if (_reserved > 0)
        {
            _plugin.Host.Return(_plugin, _reserved);
            _reserved = 0;
        }
    }

    private uint TakeMore(uint least, uint most)
    {
        var taken = _plugin.Host.Take(_plugin, least, most, out var refusedBy);
        RefusedBy = refusedBy ?? RefusedBy;
        return taken;
    }
}
