using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Threading.RateLimiting;
using Plugins.Host.Calls;
using Plugins.Host.Quotas;
using Plugins.Manifest;

namespace Plugins.Host;

public sealed partial class PluginHostOptions
{
    internal const long LeastMemoryBudget = 64 * 1024;
    internal const long MostMemoryBudget = 1L << 50;

    /// <summary>What all calls of a plugin may take together, for each plugin.</summary>
    /// <value>Null: nothing but the limits of each call.</value>
    /// <remarks>All versions, loads and sessions count; those of an unsigned plugin not for its id.</remarks>
    public CallQuota? PluginQuota { get; set => field = value is { } quota ? quota with { } : null; }

    /// <summary>Quotas of single plugins in place of <see cref="PluginQuota"/>, by publisher and name.</summary>
    /// <value>Empty.</value>
    /// <remarks>Copied when it is set.</remarks>
    public IReadOnlyDictionary<string, CallQuota> PluginQuotas
    {
        get;
        set => field = value?.ToFrozenDictionary(StringComparer.Ordinal)!;
    } = ReadOnlyDictionary<string, CallQuota>.Empty;

    /// <summary>What all calls on behalf of a tenant may take together, for each tenant.</summary>
    /// <value>Null: nothing but the limits of each call.</value>
    /// <remarks>Calls without a tenant are the application's own, and have no such quota.</remarks>
    public CallQuota? TenantQuota { get; set => field = value is { } quota ? quota with { } : null; }

    /// <summary>Quotas of single tenants in place of <see cref="TenantQuota"/>, by name.</summary>
    /// <value>Empty.</value>
    /// <remarks>Copied when it is set.</remarks>
    public IReadOnlyDictionary<string, CallQuota> TenantQuotas
    {
        get;
        set => field = value?.ToFrozenDictionary(StringComparer.Ordinal)!;
    } = ReadOnlyDictionary<string, CallQuota>.Empty;

    /// <summary>A limiter of the application's own, of which each call takes one permit until it ends.</summary>
    /// <value>Null: none.</value>
    /// <remarks>
    /// Used by many threads at once, besides the quotas; not disposed. A call waits for it as long as it may take.
    /// What the limiter throws fails the call.
    /// </remarks>
    public PartitionedRateLimiter<PluginCallKey>? CallLimiter { get; set; }

    /// <summary>A limiter of the application's own, whose permits are units of fuel.</summary>
    /// <value>Null: none.</value>
    /// <remarks>
    /// It is asked for no permits before a call, and for the fuel that was used once the guest has stopped. Where it
    /// has less, it is asked for what it has. Otherwise as <see cref="CallLimiter"/>.
    /// </remarks>
    public PartitionedRateLimiter<PluginCallKey>? FuelLimiter { get; set; }

    /// <summary>Bytes of linear memory that all instances of the host may have together.</summary>
    /// <value>Null: as many as the limits of the instances allow.</value>
    /// <remarks>
    /// At the budget, idle instances are given back first. Then <c>memory.grow</c> answers -1, and calls that need a
    /// new instance wait as long as for an instance, then throw a <see cref="Errors.PluginQuotaException"/>.
    /// </remarks>
    public long? MemoryBudget { get; set; }

    /// <summary>Bytes of linear memory that all instances of a plugin may have together, for each plugin.</summary>
    /// <value>Null: as many as <see cref="MemoryBudget"/> allows.</value>
    /// <remarks>All versions, loads and sessions of a plugin count. Otherwise as <see cref="MemoryBudget"/>.</remarks>
    public long? PluginMemoryBudget { get; set; }

    /// <summary>Memory budgets of single plugins in bytes, by their ids, in place of the one of each.</summary>
    /// <value>Empty.</value>
    /// <remarks>
    /// An unsigned plugin has the budget of the id that it claims, but an account of its own. Copied when it is set.
    /// </remarks>
    public IReadOnlyDictionary<string, long> PluginMemoryBudgets
    {
        get => BudgetsOfSome ?? (IReadOnlyDictionary<string, long>)ReadOnlyDictionary<string, long>.Empty;
        set => BudgetsOfSome = value is null ? null : new Dictionary<string, long>(value, StringComparer.Ordinal);
    }

    /// <summary>The same; null for none, so that hosts without any need no code for such dictionaries.</summary>
    internal Dictionary<string, long>? BudgetsOfSome { get; private set; }

    internal QuotaStage[] CreateQuotaStages(HostClock clock) => new QuotaStages(
        new NamedQuotas(TenantQuota, TenantQuotas),
        new NamedQuotas(PluginQuota, PluginQuotas),
        () => clock.ToTimeSpan(clock.Now).Ticks).Create(FuelLimiter, CallLimiter);

    private void FindQuotaFaults(List<string> faults)
    {
        faults.AddRange(PluginQuota?.FindFaults(PrefixOf(nameof(PluginQuota)), MeterFuel) ?? []);
        faults.AddRange(TenantQuota?.FindFaults(PrefixOf(nameof(TenantQuota)), MeterFuel) ?? []);
        if (FuelLimiter is not null && !MeterFuel)
        {
            faults.Add($"{nameof(FuelLimiter)} is set, but the host does not meter fuel (MeterFuel).");
        }

        RequireBudget(faults, MemoryBudget, nameof(MemoryBudget));
        RequireBudget(faults, PluginMemoryBudget, nameof(PluginMemoryBudget));
        FindBudgetFaults(faults);
        FindQuotaFaults(faults, PluginQuotas, nameof(PluginQuotas), name => PluginId.TryParse(name, out _));
        FindQuotaFaults(faults, TenantQuotas, nameof(TenantQuotas), _ => true);
    }

    private void FindBudgetFaults(List<string> faults)
    {
        if (BudgetsOfSome is null)
        {
            return;
        }

        foreach (var (id, bytes) in BudgetsOfSome)
        {
            var path = PrefixOf(nameof(PluginMemoryBudgets)) + Manifest.Text.VisibleText.Name(id);
            if (!PluginId.TryParse(id, out _))
            {
                faults.Add($"{path} is no plugin's id, as 'acme/pricing' is.");
            }

            if (bytes is < LeastMemoryBudget or > MostMemoryBudget)
            {
                faults.Add($"{path} is out of range: it must be from {LeastMemoryBudget} to {MostMemoryBudget}.");
            }
        }
    }

    private void RequireBudget(List<string> faults, long? bytes, string property)
    {
        if (bytes is < LeastMemoryBudget or > MostMemoryBudget)
        {
            faults.Add(
                $"{NameOf(property)} is out of range: it must be from {LeastMemoryBudget} to {MostMemoryBudget}.");
        }
    }

    private void FindQuotaFaults(
        List<string> faults, IReadOnlyDictionary<string, CallQuota>? quotas, string property, Func<string, bool> isName)
    {
        if (!Require(faults, quotas, property))
        {
            return;
        }

        foreach (var (name, quota) in quotas!)
        {
            var path = PrefixOf(property) + Manifest.Text.VisibleText.Name(name);
            if (!isName(name))
            {
                faults.Add($"{path} is no plugin's id, as 'acme/pricing' is.");
            }

            if (Require(faults, quota, path))
            {
                faults.AddRange(quota.FindFaults(
                    path + (ConfigurationPath is null ? '.' : ':'), MeterFuel));
            }
        }
    }
}
