using System.Globalization;
using Plugins.Manifest.Text;

namespace Plugins.Host.Errors;

/// <summary>A call, or an instance, found a quota or a budget used up; the code says which.</summary>
/// <remarks>
/// No guest code ran, unless there is an inner exception: what the guest did after it was refused memory. Immutable.
/// </remarks>
public sealed class PluginQuotaException : PluginException
{
    internal PluginQuotaException(
        PluginErrorCode code,
        in FailureSite site,
        QuotaOwner owner,
        string? tenant,
        long? allowed,
        TimeSpan? retryAfter,
        Exception? inner = null)
        : base(code, site, Compose(code, owner, tenant, allowed), inner)
    {
        Owner = owner;
        Tenant = tenant;
        Allowed = allowed;
        RetryAfter = retryAfter;
    }

    /// <summary>Whose quota or budget it is.</summary>
    public QuotaOwner Owner { get; }

    /// <summary>The tenant of the call.</summary>
    /// <value>Null: the application itself.</value>
    public string? Tenant { get; }

    /// <summary>The quota in calls at a time, calls that wait, units of fuel, or bytes, as the code says.</summary>
    /// <value>Null for a limiter of the application's.</value>
    public long? Allowed { get; }

    /// <summary>Time after which the call may succeed.</summary>
    /// <value>Null where nothing can be told: it depends on when other calls end.</value>
    public TimeSpan? RetryAfter { get; }

    private static string Compose(PluginErrorCode code, QuotaOwner owner, string? tenant, long? allowed)
    {
        var amount = allowed?.ToString(CultureInfo.InvariantCulture);
        var whose = owner switch
        {
            QuotaOwner.Tenant => $"the tenant '{VisibleText.Name(tenant ?? "")}'",
            QuotaOwner.Host => "the host",
            QuotaOwner.Application => "the application's limiter",
            _ => "the plugin",
        };
        return code switch
        {
            PluginErrorCode.ConcurrencyLimit => $"{whose} has {amount} calls running, and may have no more.",
            PluginErrorCode.QueueLimit => $"{whose} has {amount} calls waiting, and may have no more.",
            PluginErrorCode.FuelRateLimit => amount is null
                ? $"{whose} has no fuel left for it."
                : $"{whose} has used up the {amount} units of fuel of its interval.",
            PluginErrorCode.MemoryBudget => $"{whose} has no more room in its memory budget of {amount} bytes.",
            _ => $"{whose} refused it.",
        };
    }
}
