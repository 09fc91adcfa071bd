using Plugins.Host.Errors;

namespace Plugins.Host.Budgets;

/// <summary>What the instances of one plugin have of the budgets, over all its loads.</summary>
/// <param name="host">The budget of all plugins, whose lock guards this too.</param>
/// <param name="limit">The plugin's own budget, in pages.</param>
internal sealed class PluginMemory(HostMemory host, long limit)
{
    internal HostMemory Host => host;

    /// <summary>Pages that its instances may have.</summary>
    internal long Limit => limit;

    /// <summary>Pages that its instances have, or are about to; for <see cref="HostMemory"/>.</summary>
    internal long UsedNeedsLock { get; set; }

    /// <summary>The budget in bytes that holds for it.</summary>
    internal long LimitOf(QuotaOwner owner) =>
        Math.Min(owner == QuotaOwner.Host ? host.Limit : limit, long.MaxValue / HostMemory.PageBytes)
        * HostMemory.PageBytes;
}
