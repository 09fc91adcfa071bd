using Plugins.Manifest;

namespace Plugins.Host.Quotas;

/// <summary>A call, as a limiter of the application's own tells it from others.</summary>
/// <param name="Plugin">Publisher and name; of an unsigned plugin a mere claim.</param>
/// <param name="IsSigned">True if a publisher vouches for the plugin.</param>
/// <param name="Tenant">On whose behalf it is made; null for the application itself.</param>
/// <param name="Depth">How many calls of plugins it is within.</param>
/// <remarks>
/// A limiter of calls at a time must tell depths apart, or a call may wait for the one that it is in.
/// </remarks>
public readonly record struct PluginCallKey(PluginId Plugin, bool IsSigned, string? Tenant, int Depth);
