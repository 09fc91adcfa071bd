using System.Threading.RateLimiting;
using Plugins.Host.Errors;

namespace Plugins.Host.Quotas;

/// <summary>Makes the limiters of a host, in the order in which a call passes them.</summary>
/// <remarks>
/// Fuel first, as nobody need hold a place while it waits for that. Then the tenant's places before the plugin's, so
/// that what a tenant has waiting for a plugin is bounded by its own.
/// </remarks>
/// <param name="tenants">The quotas of tenants.</param>
/// <param name="plugins">The quotas of plugins.</param>
/// <param name="now">The time in ticks.</param>
internal sealed class QuotaStages(NamedQuotas tenants, NamedQuotas plugins, Func<long> now)
{
    internal QuotaStage[] Create(
        PartitionedRateLimiter<PluginCallKey>? fuelLimiter, PartitionedRateLimiter<PluginCallKey>? callLimiter)
    {
        QuotaStage?[] stages =
        [
            tenants.Any(quota => quota.Fuel is not null) ? Fuel(QuotaOwner.Tenant, OfTenant, TenantOf) : null,
            plugins.Any(quota => quota.Fuel is not null) ? Fuel(QuotaOwner.Plugin, OfPlugin, PluginOf) : null,
            Own(fuelLimiter, permits: 0),
            tenants.Any(quota => quota.ConcurrentCalls is not null)
                ? Calls(QuotaOwner.Tenant, OfTenant, TenantOf)
                : null,
            plugins.Any(quota => quota.ConcurrentCalls is not null)
                ? Calls(QuotaOwner.Plugin, OfPlugin, PluginOf)
                : null,
            Own(callLimiter, permits: 1),
        ];
        return [.. stages.OfType<QuotaStage>()];
    }

    private CallQuota? OfTenant(QuotaKey key) => key.Call.Tenant is { } tenant ? tenants.Of(tenant) : null;

    private CallQuota? OfPlugin(QuotaKey key) => plugins.Of(key.Id);

    private static string TenantOf(QuotaKey key) => key.Call.Tenant ?? string.Empty;

    private static string PluginOf(QuotaKey key) => key.Plugin;

    private static QuotaStage? Own(PartitionedRateLimiter<PluginCallKey>? limiter, int permits) => limiter is null
        ? null
        : new QuotaStage(new KeyedLimiter(limiter), IsOwned: false, QuotaOwner.Application, permits, QuotaOf: null);

    // Calls of each depth have places of their own, so that they never wait for one another.
    private static QuotaStage Calls(
        QuotaOwner owner, Func<QuotaKey, CallQuota?> quotaOf, Func<QuotaKey, string> nameOf) => new(
        PartitionedRateLimiter.Create<QuotaKey, (string? Name, int Depth)>(key =>
            quotaOf(key) is { ConcurrentCalls: { } places } quota
                ? RateLimitPartition.GetConcurrencyLimiter<(string? Name, int Depth)>(
                    (nameOf(key), key.Call.Depth),
                    _ => new ConcurrencyLimiterOptions { PermitLimit = places, QueueLimit = quota.QueueLimit })
                : Unlimited),
        IsOwned: true,
        owner,
        Permits: 1,
        quotaOf);

    private QuotaStage Fuel(
        QuotaOwner owner, Func<QuotaKey, CallQuota?> quotaOf, Func<QuotaKey, string> nameOf) => new(
        PartitionedRateLimiter.Create<QuotaKey, (string? Name, int Depth)>(key =>
            quotaOf(key) is { Fuel: { } fuel } quota
                ? RateLimitPartition.Get<(string? Name, int Depth)>(
                    (nameOf(key), 0),
                    _ => new FuelLimiter(fuel, quota.FuelInterval.Ticks, quota.QueueLimit, now))
                : Unlimited),
        IsOwned: true,
        owner,
        Permits: 0,
        quotaOf);

    // One for all who have no quota: there is no bound to their number.
    private static RateLimitPartition<(string? Name, int Depth)> Unlimited =>
        RateLimitPartition.GetNoLimiter<(string? Name, int Depth)>((null, 0));
}
