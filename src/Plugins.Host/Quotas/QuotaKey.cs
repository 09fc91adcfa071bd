namespace Plugins.Host.Quotas;

/// <summary>A call as the host's limiters tell it from others.</summary>
/// <param name="Call">As the application's limiters do.</param>
/// <param name="Id">The plugin's id as text.</param>
/// <param name="Plugin">The same, which tells signed plugins from those that claim to be them.</param>
internal readonly record struct QuotaKey(PluginCallKey Call, string Id, string Plugin);
