using Microsoft.Extensions.Configuration;
using Plugins.Host.Quotas;

namespace Plugins.Host.Configuration;

/// <summary>Memory budgets, and quotas: of each plugin and tenant, and of single ones below their names.</summary>
internal static class QuotaSettings
{
    internal static void Read(
        SettingsReader section, IConfiguration configuration, PluginHostOptions options, List<string> faults)
    {
        CallQuota? One(string key, CallQuota? present)
        {
            var read = Read(section.Section(key), present);
            return configuration.GetSection(key).Exists() ? read : present;
        }

        IReadOnlyDictionary<string, CallQuota> Some(string key, IReadOnlyDictionary<string, CallQuota> present) =>
            section.Named(key) is { Length: > 0 } items
                ? items.ToDictionary(
                    item => item.Key,
                    item => Read(new SettingsReader(item, faults), present.GetValueOrDefault(item.Key)),
                    StringComparer.Ordinal)
                : present;
        options.PluginQuota = One(nameof(options.PluginQuota), options.PluginQuota);
        options.TenantQuota = One(nameof(options.TenantQuota), options.TenantQuota);
        options.MemoryBudget = Budget(section, nameof(options.MemoryBudget), options.MemoryBudget);
        options.PluginMemoryBudget = Budget(section, nameof(options.PluginMemoryBudget), options.PluginMemoryBudget);
        if (section.Named(nameof(options.PluginMemoryBudgets)) is { Length: > 0 } some)
        {
            var budgets = section.Section(nameof(options.PluginMemoryBudgets));
            options.PluginMemoryBudgets = some
                .Select(item => (item.Key, Bytes: Budget(budgets, item.Key, present: null)))
                .Where(item => item.Bytes is not null)
                .ToDictionary(item => item.Key, item => item.Bytes ?? 0, StringComparer.Ordinal);
        }

        options.PluginQuotas = Some(nameof(options.PluginQuotas), options.PluginQuotas);
        options.TenantQuotas = Some(nameof(options.TenantQuotas), options.TenantQuotas);
    }

    private static long? Budget(SettingsReader section, string key, long? present)
    {
        var bytes = section.Number(
            key, present ?? 0, PluginHostOptions.LeastMemoryBudget, PluginHostOptions.MostMemoryBudget);
        return bytes > 0 ? bytes : null;
    }

    private static CallQuota Read(SettingsReader section, CallQuota? present)
    {
        var quota = present ?? new CallQuota();
        var read = quota with
        {
            ConcurrentCalls = section.Number(
                nameof(quota.ConcurrentCalls), quota.ConcurrentCalls ?? 0, 1, CallQuota.MostCalls) is > 0 and var calls
                ? calls
                : null,
            QueueLimit = section.Number(nameof(quota.QueueLimit), quota.QueueLimit, 0, CallQuota.MostCalls),
            MaximumWait = section.Time(nameof(quota.MaximumWait), CallQuota.LongestTime) ?? quota.MaximumWait,
            Fuel = section.Number(nameof(quota.Fuel), quota.Fuel ?? 0, 1, CallQuota.MostFuel) is > 0 and var fuel
                ? fuel
                : null,
            FuelInterval = section.Time(nameof(quota.FuelInterval), CallQuota.LongestTime) ?? quota.FuelInterval,
        };
        section.RequireKnown();
        return read;
    }
}
