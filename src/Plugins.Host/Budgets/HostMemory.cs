using System.Collections.Immutable;
using Plugins.Host.Errors;

namespace Plugins.Host.Budgets;

/// <summary>The linear memory of all live instances of a host, in pages of 64 KiB, within its budgets.</summary>
/// <remarks>
/// Safe for use by many threads, in the middle of guest code too. One lock guards all numbers, so that they are exact;
/// nothing of the application's or an engine's runs within it.
/// </remarks>
internal sealed class HostMemory
{
    internal const int PageBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly long _limit;
    private readonly long _limitOfPlugin;
    private readonly Dictionary<string, long>? _limitsOfSome;
    private readonly Dictionary<string, PluginMemory> _plugins = new(StringComparer.Ordinal);
    private ImmutableArray<IIdleMemory> _idle = [];
    private TaskCompletionSource? _changed;
    private long _used;

    private HostMemory(long limit, long limitOfPlugin, Dictionary<string, long>? ofSome)
    {
        _limit = limit;
        _limitOfPlugin = limitOfPlugin;
        _limitsOfSome = ofSome?.ToDictionary(
            one => one.Key, one => one.Value / PageBytes, StringComparer.Ordinal);
    }

    /// <summary>Pages of all plugins.</summary>
    internal long Used
    {
        get
        {
            lock (_gate)
            {
                return _used;
            }
        }
    }

    /// <summary>Ends when memory may have become free after this was read.</summary>
    internal Task Changed
    {
        get
        {
            lock (_gate)
            {
                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return _changed.Task;
            }
        }
    }

    /// <summary>Null where there are no budgets, so that nothing is counted.</summary>
    /// <param name="budget">Bytes of all plugins.</param>
    /// <param name="budgetOfPlugin">Bytes of each plugin.</param>
    /// <param name="budgetsOfSome">Bytes of single plugins in place of those of each, by their ids.</param>
    internal static HostMemory? Of(
        long? budget, long? budgetOfPlugin, Dictionary<string, long>? budgetsOfSome) =>
        budget is null && budgetOfPlugin is null && budgetsOfSome is null
            ? null
            : new HostMemory(
                (budget ?? long.MaxValue) / PageBytes, (budgetOfPlugin ?? long.MaxValue) / PageBytes, budgetsOfSome);

    /// <summary>The account of a plugin, which all its loads share.</summary>
    /// <param name="plugin">Whose account: the id, or that of an unsigned plugin, which is but a claim.</param>
    /// <param name="id">The id, claimed or not, which tells the budget.</param>
    internal PluginMemory Of(string plugin, string id)
    {
        lock (_gate)
        {
            if (!_plugins.TryGetValue(plugin, out var memory))
            {
                memory = new PluginMemory(this, _limitsOfSome?.GetValueOrDefault(id, _limitOfPlugin) ?? _limitOfPlugin);
                _plugins.Add(plugin, memory);
            }

            return memory;
        }
    }

    /// <summary>Bytes that each plugin has.</summary>
    internal IReadOnlyList<(string Plugin, long Bytes)> CountPlugins()
    {
        lock (_gate)
        {
            return [.. _plugins.Select(plugin => (plugin.Key, plugin.Value.UsedNeedsLock * PageBytes))];
        }
    }

    /// <summary>The host's budget, in pages.</summary>
    internal long Limit => _limit;

    internal void Add(IIdleMemory idle) => ImmutableInterlocked.Update(ref _idle, (all, one) => all.Add(one), idle);

    internal void Remove(IIdleMemory idle) =>
        ImmutableInterlocked.Update(ref _idle, (all, one) => all.Remove(one), idle);

    /// <summary>Takes pages; what is idle is given back before any are refused that it would make room for.</summary>
    /// <returns>The number taken: from the least to the most, or 0.</returns>
    /// <param name="plugin">For which plugin.</param>
    /// <param name="least">The fewest that are of any use.</param>
    /// <param name="most">The number wanted.</param>
    /// <param name="refusedBy">Whose budget has not as many as wanted; null where it has.</param>
    internal uint Take(PluginMemory plugin, uint least, uint most, out QuotaOwner? refusedBy)
    {
        while (true)
        {
            var taken = TryTake(plugin, most, most, out var free, out refusedBy);
            if (taken == most)
            {
                return taken;
            }

            var idle = IdleOf(refusedBy == QuotaOwner.Plugin ? plugin : null);
            var isInVain = free + idle.Sum(one => one.IdlePages) < least;
            if (isInVain || !TryGiveBack(idle))
            {
                return TryTake(plugin, least, most, out _, out refusedBy);
            }
        }
    }

    internal void Return(PluginMemory plugin, long pages)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _used -= pages;
            plugin.UsedNeedsLock -= pages;
            changed = _changed;
            _changed = null;
        }

        changed?.TrySetResult();
    }

    /// <summary>Something has become idle, which whoever waits may have given back.</summary>
    internal void TellOfIdle()
    {
        if (Volatile.Read(ref _changed) is not null)
        {
            Interlocked.Exchange(ref _changed, null)?.TrySetResult();
        }
    }

    private uint TryTake(PluginMemory plugin, uint least, uint most, out long free, out QuotaOwner? refusedBy)
    {
        lock (_gate)
        {
            var ofPlugin = plugin.Limit - plugin.UsedNeedsLock;
            var ofHost = _limit - _used;
            free = Math.Min(ofPlugin, ofHost);
            refusedBy = free >= most ? null : ofPlugin < ofHost ? QuotaOwner.Plugin : QuotaOwner.Host;
            if (free < least)
            {
                return 0;
            }

            var taken = (uint)Math.Min(free, most);
            _used += taken;
            plugin.UsedNeedsLock += taken;
            return taken;
        }
    }

    private IIdleMemory[] IdleOf(PluginMemory? plugin) =>
        [.. _idle.Where(idle => plugin is null || idle.Memory == plugin)];

    // Once more where another thread has taken what was the oldest.
    private static bool TryGiveBack(IIdleMemory[] idle)
    {
        while (idle.Where(one => one.IdleSince is not null).MinBy(one => one.IdleSince) is { } oldest)
        {
            if (oldest.TryGiveBack())
            {
                return true;
            }
        }

        return false;
    }
}
