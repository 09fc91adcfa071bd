namespace Plugins.Host.Budgets;

/// <summary>What the instances of one plugin have of the budgets, over all its loads.</summary>
/// <param name="host">The budget of all plugins, whose lock guards this too.</param>
internal sealed class PluginMemory(HostMemory host)
{
    internal HostMemory Host => host;

    /// <summary>Pages that its instances have, or are about to; for <see cref="HostMemory"/>.</summary>
    internal long UsedNeedsLock { get; set; }
}
