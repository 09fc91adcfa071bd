namespace Plugins.Host.Budgets;

/// <summary>Memory that is kept for speed alone, and given back where there is need.</summary>
internal interface IIdleMemory
{
    /// <summary>The plugin whose it is.</summary>
    PluginMemory? Memory { get; }

    /// <summary>Pages that could be given back.</summary>
    long IdlePages { get; }

    /// <summary>Since when the longest unused part is idle, on the host's clock; null where there is none.</summary>
    long? IdleSince { get; }

    /// <summary>Gives the longest unused part back; false where there is none.</summary>
    bool TryGiveBack();
}
